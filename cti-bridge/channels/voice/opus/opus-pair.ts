import type { LegCodec } from './leg-codec.ts';

/** What the choice of a codec needs to know of a leg. */
export interface PairLeg {
  readonly legId: string;
  readonly codec: LegCodec;
  readonly hears: ReadonlySet<PairLeg>;
  /** Null while no worker carries it. */
  readonly inner: string | null;
  /** Null while nobody can be told anything there. */
  readonly farSide: object | null;
  readonly sound: object | null;
  readonly comfort: string | null;
  readonly isMasked: boolean;
  readonly isHeld: boolean;
  /** Nothing comes from there: a browser whose network is away. */
  readonly isQuiet: boolean;
}

export type OpusPair = readonly [PairLeg, PairLeg];

/** The two who may talk in Opus now: the first that hear each other and nobody else does, and of whose sound nothing else is needed. */
export function opusPairOf(legs: readonly PairLeg[], isRecorded: boolean): OpusPair | null {
  if (isRecorded) return null;
  for (const one of legs) {
    const [other] = one.hears;
    if (!other || one.hears.size !== 1 || other.hears.size !== 1 || !other.hears.has(one)) continue;
    const isHeardByOthers = legs.some((each) => each !== one && each !== other && (each.hears.has(one) || each.hears.has(other)));
    if (!isHeardByOthers && isFree(one) && isFree(other)) return [one, other];
  }
  return null;
}

function isFree({ codec, inner, farSide, sound, comfort, isMasked, isHeld, isQuiet }: PairLeg): boolean {
  return codec.canOpus && inner !== null && farSide !== null && !sound && comfort === null && !isMasked && !isHeld && !isQuiet;
}
