import type { Phone, PhoneAccount, PhoneListener, SoundUse } from '../../../renderer/phone/index.ts';

/** A phone without sound: registers at once, does what it is told, and remembers it. */
export interface ScriptedPhone extends Phone {
  readonly deeds: string[];
  /** As whom it registered. */
  readonly accounts: PhoneAccount[];
  listener: PhoneListener | null;
  readonly digits: string[];
  /** What it was told to use, the latest last. */
  readonly devices: SoundUse[];
}

export function scriptedPhone(options: { readonly registers?: boolean } = {}): ScriptedPhone {
  const phone: ScriptedPhone = {
    deeds: [],
    accounts: [],
    digits: [],
    devices: [],
    listener: null,
    start(account, listener) {
      phone.deeds.push('start');
      phone.accounts.push(account);
      phone.listener = listener;
      listener.registration(options.registers === false ? 'connecting' : 'registered');
      listener.microphone('ready', 'Headset');
    },
    soundThrough: (devices) => void phone.devices.push(devices),
    offered: (reservationId) => void phone.deeds.push(`offered ${reservationId}`),
    reachBy: (path) => void (path && phone.deeds.push(`reachBy ${path.iceTransportPolicy} ${path.expiresAt}`)),
    offerEnded: (reservationId, isAnswered) => void phone.deeds.push(`offerEnded ${reservationId} ${isAnswered ? 'answered' : 'over'}`),
    answer: (reservationId) => void phone.deeds.push(`answer ${reservationId}`),
    rejoin: (reservationId) => void phone.deeds.push(`rejoin ${reservationId}`),
    letGo: (reservationId) => void phone.deeds.push(`letGo ${reservationId}`),
    listenIn: (reservationId) => void phone.deeds.push(`listenIn ${reservationId}`),
    speakIn: (reservationId) => void phone.deeds.push(`speakIn ${reservationId}`),
    setMuted(isMuted) {
      phone.deeds.push(isMuted ? 'mute' : 'unmute');
      phone.listener?.muted(isMuted);
    },
    sendDigit(digit) {
      phone.digits.push(digit);
      return true;
    },
    hangUp: () => void phone.deeds.push('hangUp'),
    wake: () => void phone.deeds.push('wake'),
    reconnect: () => void phone.deeds.push('reconnect'),
    stop: () => void phone.deeds.push('stop'),
  };
  return phone;
}
