import type { DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import { isWeak, type LineFigures } from './line-culprit.ts';
import type { ConnectionState } from './stores.ts';

/** What is looked at before somebody becomes available, in the order in which it stands on the screen. */
export const checkParts = ['headset', 'microphone', 'sound', 'network', 'testCall', 'ringing'] as const;
export type CheckPart = (typeof checkParts)[number];

/** `word` names what was found; what it says of, in `facts`. */
export interface CheckFinding {
  readonly state: 'waiting' | 'running' | 'good' | 'weak' | 'bad';
  readonly word: CheckWord;
  readonly facts?: Readonly<Record<string, string | number>>;
}
export type CheckWord =
  | 'waiting'
  | 'playing'
  | 'measuring'
  | 'rings'
  | 'named'
  | 'unnamed'
  | 'missing'
  | 'blocked'
  | 'heard'
  | 'quiet'
  | 'noisy'
  | 'tooLoud'
  | 'silent'
  | 'played'
  | 'notPlayed'
  | 'fine'
  | 'weak'
  | 'weakWifi'
  | 'unmeasured'
  | 'notRegistered'
  | 'speak'
  | 'echoed'
  | 'failed'
  | 'allowed'
  | 'notAllowed';

export interface CheckState {
  readonly phase: 'none' | 'running' | 'done';
  /** Epoch ms, of this computer. */
  readonly startedAt: number;
  readonly findings: Readonly<Record<CheckPart, CheckFinding>>;
  /** How loud the microphone is just now, 0 to 1. */
  readonly level: number;
}

const waiting: CheckFinding = { state: 'waiting', word: 'waiting' };
export const noCheck: CheckState = {
  phase: 'none',
  startedAt: 0,
  findings: { headset: waiting, microphone: waiting, sound: waiting, network: waiting, testCall: waiting, ringing: waiting },
  level: 0,
};

export const checkMs = 10_000;
/** A shift, and then some. */
const checkHoldsMs = 12 * 3_600_000;

/** Whoever takes calls on this computer has not been heard today, or not with this microphone. `heardBy`: its name, null where it has none. */
export function needsCheck(last: DesktopSettings['check'], phone: ConnectionState['phone'], heardBy: string | null, now: number): boolean {
  if (phone === 'none' || phone === 'desk') return false;
  if (!last || now - last.at >= checkHoldsMs) return true;
  return last.microphone !== null && heardBy !== null && last.microphone !== heardBy;
}

/** Ten of them are a second: how loud it was, in dB below full scale. */
export interface Heard {
  readonly rms: number;
  readonly peak: number;
}

const deadDb = -80;
const noisyDb = -45;
const speechDb = -42;
const overSilenceDb = 10;
const clippedDb = -0.5;
/** Of all that was heard. */
const clippedShare = 0.03;

/** What somebody's microphone gives while they say a sentence. */
export function judgeMicrophone(heard: readonly Heard[]): CheckFinding {
  const sorted = heard.map(({ rms }) => rms).toSorted((one, other) => one - other);
  const floor = sorted[Math.floor(sorted.length * 0.1)] ?? -100;
  const speech = sorted[Math.floor(sorted.length * 0.95)] ?? -100;
  if (speech <= deadDb) return { state: 'bad', word: 'silent' };
  if (heard.filter(({ peak }) => peak >= clippedDb).length >= heard.length * clippedShare) return { state: 'weak', word: 'tooLoud' };
  if (speech < speechDb || speech - floor < overSilenceDb / 2) {
    return floor > noisyDb ? { state: 'weak', word: 'noisy' } : { state: 'weak', word: 'quiet' };
  }
  return floor > noisyDb && speech - floor < overSilenceDb * 2 ? { state: 'weak', word: 'noisy' } : { state: 'good', word: 'heard' };
}

/** The way between this computer and the bridge: what a test call measured, or without one the round trip of the connection. */
export function judgeNetwork(phone: ConnectionState['phone'], line: LineFigures | null, roundTripMs: number | null): CheckFinding {
  if (phone !== 'registered') return { state: 'bad', word: 'notRegistered' };
  const ms = Math.round(line?.roundTripMs ?? roundTripMs ?? 0);
  if (!line) return roundTripMs === null ? { state: 'weak', word: 'unmeasured' } : { state: 'good', word: 'fine', facts: { ms, loss: 0 } };
  const loss = Math.max(line.lostInPercent ?? 0, line.lostOutPercent ?? 0);
  const facts = { ms, loss: Math.round(loss * 10) / 10 };
  if (!isWeak(line)) return { state: 'good', word: 'fine', facts };
  return { state: 'weak', word: line.network === 'wifi' ? 'weakWifi' : 'weak', facts };
}
