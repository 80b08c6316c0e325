import type { CallQuality } from '../../shared/contracts/call.ts';
import type { ConnectionState } from './stores.ts';

/** The sound of the own leg of a call over the last seconds, as this computer measured it; null is what could not be measured. */
export interface LineFigures {
  readonly lostInPercent: number | null;
  /** Of what left here, as the bridge reports it. */
  readonly lostOutPercent: number | null;
  readonly jitterMs: number | null;
  readonly roundTripMs: number | null;
  /** How loud the open microphone was, in dB below full scale; null while it is closed. */
  readonly spokenDb: number | null;
  /** For how long the open microphone has given nothing at all. */
  readonly silentForMs: number;
  readonly network: 'wifi' | 'cable' | 'mobile' | 'unknown';
}

/** Who or what most likely makes a call sound bad, and what is said of it. */
export type LineCulprit =
  | { readonly culprit: 'noMicrophone' | 'microphoneSilent' }
  | { readonly culprit: 'ownNetwork' | 'ownWifi'; readonly lossPercent: number; readonly roundTripMs: number }
  | { readonly culprit: 'customerNotHeard' | 'customerHearsNothing' | 'customerSilent' }
  | { readonly culprit: 'customerLine'; readonly lossPercent: number; readonly jitterMs: number };

export interface LineEvidence {
  readonly microphone: ConnectionState['microphone'];
  readonly isMuted: boolean;
  readonly isHeld: boolean;
  readonly line: LineFigures | null;
  readonly quality: CallQuality | null;
}

/** Beyond these a call is heard to be bad (ITU-T G.107 with G.711, no concealment to speak of; G.114 for the delay). */
export const lineLimits = { lossPercent: 3, jitterMs: 40, roundTripMs: 300 } as const;
/** Whoever listens is silent; a microphone that works still hears a room. */
const deadMicrophoneMs = 6_000;
const weakBars = 2;

/**
 * The likely culprit, nearest first: what an agent can mend by themselves is said before what they cannot. Null: nothing is wrong, or nobody
 * can say what.
 */
export function lineCulprit({ microphone, isMuted, isHeld, line, quality }: LineEvidence): LineCulprit | null {
  if (microphone === 'missing' || microphone === 'blocked') return { culprit: 'noMicrophone' };
  const trouble = quality?.trouble ?? null;
  const isOpen = !isMuted && !isHeld;
  const isDead = line !== null && line.silentForMs >= deadMicrophoneMs;
  if (isOpen && (isDead || (trouble?.side === 'agent' && trouble.kind === 'silent'))) return { culprit: 'microphoneSilent' };

  const isCutOff = trouble?.side === 'agent' && trouble.kind !== 'silent';
  if (isCutOff || (line !== null && isWeak(line))) {
    const lossPercent = isCutOff ? 100 : Math.max(line?.lostInPercent ?? 0, line?.lostOutPercent ?? 0);
    return { culprit: line?.network === 'wifi' ? 'ownWifi' : 'ownNetwork', lossPercent, roundTripMs: line?.roundTripMs ?? 0 };
  }

  if (trouble?.side === 'customer' && !isHeld) {
    const { kind } = trouble;
    return { culprit: kind === 'notHeard' ? 'customerNotHeard' : kind === 'hearsNothing' ? 'customerHearsNothing' : 'customerSilent' };
  }
  // Ours is good, and together they are not: it is the other half.
  if (quality && quality.bars <= weakBars && line !== null)
    return { culprit: 'customerLine', lossPercent: quality.lossPercent, jitterMs: quality.jitterMs };
  return null;
}

/** Says whether the way between this computer and the bridge is what one hears. */
export function isWeak({ lostInPercent, lostOutPercent, jitterMs, roundTripMs }: LineFigures): boolean {
  const isOver = (value: number | null, limit: number) => value !== null && value >= limit;
  return (
    isOver(lostInPercent, lineLimits.lossPercent) ||
    isOver(lostOutPercent, lineLimits.lossPercent) ||
    isOver(jitterMs, lineLimits.jitterMs) ||
    isOver(roundTripMs, lineLimits.roundTripMs)
  );
}
