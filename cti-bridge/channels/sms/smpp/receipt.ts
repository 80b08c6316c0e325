import type { DeliveryReceipt } from '../../../interactions/index.ts';
import { esm, type ShortMessage } from './bodies.ts';
import { tags } from './pdu.ts';

export type ReadReceipt = Pick<DeliveryReceipt, 'providerId' | 'state' | 'code'>;

/** §5.2.28. */
const stateByNumber: Readonly<Record<number, DeliveryReceipt['state']>> = {
  1: 'pending',
  2: 'delivered',
  3: 'expired',
  4: 'failed',
  5: 'failed',
  6: 'pending',
  7: 'failed',
  8: 'rejected',
};

/** Appendix B, by the first letters: networks write them in full or cut off. `ACCEPTD` says that somebody has it, not who. */
const stateByWord: readonly (readonly [RegExp, DeliveryReceipt['state']])[] = [
  [/^DELIV/i, 'delivered'],
  [/^EXPIR/i, 'expired'],
  [/^REJECT/i, 'rejected'],
  [/^(UNDEL|DELET|UNKNOWN|FAIL|MBBLACK|BLACK)/i, 'failed'],
  [/^(ACCEPT|ENROUT|BUFFER|SCHED|PENDING|SENT)/i, 'pending'],
];

/** Whether this is a receipt and no message of a person: by its kind, or because it brings the id and the state of one. */
export function isReceipt({ esmClass, tlvs }: ShortMessage): boolean {
  const kind = esmClass & esm.typeMask;
  if (kind === esm.receipt || kind === esm.deliveryAnswer || kind === esm.intermediate) return true;
  return tlvs.has(tags.receiptedMessageId) && tlvs.has(tags.messageState);
}

/**
 * What a receipt says, by its fields or by its text, which each network writes in its own way (appendix B):
 * `id:… sub:001 dlvrd:001 submit date:… done date:… stat:DELIVRD err:000 text:…`. Null: it does not say about what it is.
 */
export function readReceipt({ esmClass, tlvs }: ShortMessage, text: string): ReadReceipt | null {
  const field = (name: string) =>
    new RegExp(`(?:^|[\\s,;])${name}\\s{0,5}[:=]\\s{0,5}([^\\s,;]{1,65})`, 'i').exec(text.slice(0, 1_000))?.[1] ?? null;
  const named = tlvs.get(tags.receiptedMessageId)?.toString('latin1').replace(/\0.*$/s, '').trim();
  const providerId = named || field('id');
  if (!providerId) return null;
  const number = tlvs.get(tags.messageState)?.[0];
  const word = field('stat');
  const isIntermediate = (esmClass & esm.typeMask) === esm.intermediate;
  const state =
    (word === null ? undefined : stateByWord.find(([pattern]) => pattern.test(word))?.[1]) ??
    (number === undefined ? undefined : stateByNumber[number]) ??
    // Words that nobody knows decide nothing.
    'pending';
  const error = field('err') ?? networkError(tlvs.get(tags.networkError));
  return { providerId: providerId.slice(0, 100), state: isIntermediate && state === 'failed' ? 'pending' : state, code: error ?? word };
}

/** §5.3.2.31: which network, and its number. */
function networkError(value: Buffer | undefined): string | null {
  return value?.length === 3 ? String(value.readUInt16BE(1)) : null;
}
