/**
 * What a network's number for an outcome means for a message (SMPP 3.4 §5.1.3).
 *
 *     tooFast   it has its hands full: the same again, after a pause of the whole line
 *     later     not now: nothing of it was taken
 *     never     as it is, it will not be taken
 */
export type StatusMeaning = 'ok' | 'tooFast' | 'later' | 'never';

export const status = {
  ok: 0x00,
  badMessageLength: 0x01,
  badCommandLength: 0x02,
  badCommand: 0x03,
  notBound: 0x04,
  alreadyBound: 0x05,
  systemError: 0x08,
  badSource: 0x0a,
  badDestination: 0x0b,
  bindFailed: 0x0d,
  badPassword: 0x0e,
  badSystemId: 0x0f,
  queueFull: 0x14,
  submitFailed: 0x45,
  throttled: 0x58,
  temporaryAppError: 0x64,
  permanentAppError: 0x65,
  deliveryFailed: 0xfe,
} as const;

const words: Readonly<Record<number, string>> = {
  [status.badMessageLength]: 'the message is too long for it',
  [status.badCommandLength]: 'it could not read it',
  [status.badCommand]: 'it does not know the command',
  [status.notBound]: 'it does not know us on this connection',
  [status.alreadyBound]: 'it says that we are connected already',
  [status.systemError]: 'it has a failure',
  [status.badSource]: 'it does not allow our number as the sender',
  [status.badDestination]: 'there is no such number',
  [status.bindFailed]: 'it refused the connection',
  [status.badPassword]: 'the password is wrong',
  [status.badSystemId]: 'it does not know the system id',
  [status.queueFull]: 'its queue is full',
  [status.submitFailed]: 'it refused the message',
  [status.throttled]: 'too many messages at once',
  [status.temporaryAppError]: 'it asks us to come later',
};

/** In plain words, with the number for whoever asks the network. */
export function statusWords(code: number): string {
  const number = `0x${code.toString(16).padStart(8, '0')}`;
  return words[code] === undefined ? `refused with ${number}` : `${words[code]} (${number})`;
}

const later: ReadonlySet<number> = new Set([status.notBound, status.systemError, status.temporaryAppError]);

export function meaningOf(code: number): StatusMeaning {
  if (code === status.ok) return 'ok';
  if (code === status.throttled || code === status.queueFull) return 'tooFast';
  return later.has(code) ? 'later' : 'never';
}
