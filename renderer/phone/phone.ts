import type { SoundPath } from '../../shared/contracts/sound-path.ts';
import type { LineFigures } from '../stores/index.ts';
import type { SoundUse } from './sound-devices.ts';

/** Where and as whom to register; from the log-in. */
export interface PhoneAccount {
  readonly webSocketUrl: string;
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly realm: string;
}

export interface PhoneListener {
  registration(state: 'connecting' | 'registered' | 'lost'): void;
  /** `name`: of the device that hears the agent; null where there is none, or it has none. */
  microphone(state: 'ready' | 'blocked' | 'missing', name: string | null): void;
  /** This phone carries the calls of these reservations and no others, the one answered last at the end. */
  carrying(reservationIds: readonly string[]): void;
  /** In the call the agent speaks in. */
  muted(isMuted: boolean): void;
  /** Answer was pressed, and nothing can come of it. */
  answerFailed(reservationId: string): void;
  /** From the click on Answer to the caller's first sound. */
  firstSound(reservationId: string, clickToAudioMs: number): void;
  /** The sound of the own leg, every two seconds of a call. */
  measured(reservationId: string, figures: LineFigures): void;
}

export interface Phone {
  start(account: PhoneAccount, listener: PhoneListener): void;
  /** How the sound of calls to come may go; null: straight. */
  reachBy(path: SoundPath | null): void;
  /** What the sound goes through from now on, in calls that are up as well. */
  soundThrough(devices: SoundUse): void;
  offered(reservationId: string): void;
  offerEnded(reservationId: string, isAnswered: boolean): void;
  answer(reservationId: string): void;
  /** The bridge will ring this phone again for a call it has lost: answer by itself. */
  rejoin(reservationId: string): void;
  /** The bridge has given up this phone's part in a call, and could not say so: it carries that call no more. */
  letGo(reservationId: string): void;
  /** The bridge will ring this phone for somebody else's call: answer by itself, with the microphone closed. */
  listenIn(reservationId: string): void;
  /** Of several calls, the one the agent speaks in; in the others the microphone is closed. Null: the one answered last. */
  speakIn(reservationId: string | null): void;
  /** In the call the agent speaks in. */
  setMuted(isMuted: boolean): void;
  /** RFC 4733 through the sound path of the call the agent speaks in. False when there is no such path. */
  sendDigit(digit: string): boolean;
  /** Ends the call the agent speaks in, on the line itself. */
  hangUp(): void;
  /** The computer woke up, or the network is another: a line that only looks alive is opened anew. */
  wake(): void;
  /** Where there is no line, one is opened. */
  reconnect(): void;
  stop(): void;
}

/**
 * The phone, loaded when somebody signs in: its code is the largest part of the desktop and the sign-in screen does not need it. What is
 * asked of it before it has come is done in order when it has.
 */
export function lazyPhone(load: () => Promise<Phone>): Phone {
  let phone: Phone | null = null;
  let isComing = false;
  let registration: PhoneListener['registration'] | null = null;
  let devices: SoundUse | null = null;
  const waiting: ((ready: Phone) => void)[] = [];

  const fetchPhone = async (): Promise<void> => {
    isComing = true;
    try {
      const loaded = await load();
      phone = loaded;
      if (devices) loaded.soundThrough(devices);
      for (const waited of waiting.splice(0)) waited(loaded);
    } catch {
      // The network broke while the code was coming: the agent sees that there is no phone, and it is fetched again.
      registration?.('lost');
      setTimeout(() => void fetchPhone(), loadAgainMs);
    }
  };

  const perform = (deed: (ready: Phone) => void) => {
    if (phone) return deed(phone);
    waiting.push(deed);
    if (!isComing) void fetchPhone();
  };

  return {
    start(account, listener) {
      ({ registration } = listener);
      perform((ready) => ready.start(account, listener));
    },
    reachBy: (path) => perform((ready) => ready.reachBy(path)),
    soundThrough(now) {
      // Devices come and go without anybody signed in, who would need a phone.
      devices = now;
      phone?.soundThrough(now);
    },
    offered: (reservationId) => perform((ready) => ready.offered(reservationId)),
    offerEnded: (reservationId, isAnswered) => perform((ready) => ready.offerEnded(reservationId, isAnswered)),
    answer: (reservationId) => perform((ready) => ready.answer(reservationId)),
    rejoin: (reservationId) => perform((ready) => ready.rejoin(reservationId)),
    letGo: (reservationId) => perform((ready) => ready.letGo(reservationId)),
    listenIn: (reservationId) => perform((ready) => ready.listenIn(reservationId)),
    speakIn: (reservationId) => perform((ready) => ready.speakIn(reservationId)),
    setMuted: (isMuted) => perform((ready) => ready.setMuted(isMuted)),
    sendDigit: (digit) => phone?.sendDigit(digit) ?? false,
    hangUp: () => phone?.hangUp(),
    wake: () => phone?.wake(),
    reconnect: () => phone?.reconnect(),
    stop: () => perform((ready) => ready.stop()),
  };
}

const loadAgainMs = 2_000;
