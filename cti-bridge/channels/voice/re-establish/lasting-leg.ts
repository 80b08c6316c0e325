import { ownKeyLine, type SoundSource } from '../../../media/index.ts';
import type { LegCodec } from '../opus/index.ts';
import type { FarSide } from './far-side.ts';
import { continueOrigin, type Origin, originOf } from './origin-line.ts';

/** One leg of a call's media, wherever it is carried. */
export interface LastingLeg {
  readonly legId: string;
  kind: 'rtp' | 'webrtc';
  /** Its id in the session that carries it; null while none does. */
  inner: string | null;
  origin: Origin | null;
  /** Our latest description of it. */
  own: string;
  /** Our key, where its packets have keys from SDP: wherever its media goes, it goes on under that, and is not heard in clear. */
  key: string | null;
  farSide: FarSide | null;
  /** What plays, from the first order until its end. */
  sound: { readonly playId: string; readonly source: SoundSource; inner: string | null } | null;
  /** What is played while the other side is not back. */
  comfort: string | null;
  readonly hears: Set<LastingLeg>;
  isMasked: boolean;
  /** By its far side. */
  isHeld: boolean;
  /** Another one wherever its media goes. */
  codec: LegCodec;
  /** A browser sends sound all the time, muted or held too; from this one none has come for some seconds. */
  isQuiet: boolean;
}

/** Joined to somebody, and to nobody who can be heard. */
export const isAlone = ({ hears }: LastingLeg): boolean =>
  hears.size > 0 && [...hears].every(({ inner, isQuiet }) => inner === null || isQuiet);

/** Just opened: its far side is not reached yet. `offer` is theirs, or null when ours comes first. */
export function lastingLeg(
  legId: string,
  kind: LastingLeg['kind'],
  carried: { readonly inner: string; readonly sdp: string },
  offer: string | null,
  codecOf: (leg: LastingLeg) => LegCodec,
): LastingLeg {
  const { inner, sdp } = carried;
  const leg: Omit<LastingLeg, 'codec'> = {
    legId,
    kind,
    inner,
    origin: originOf(sdp),
    own: sdp,
    key: offer === null ? null : ownKeyLine(sdp, offer),
    farSide: null,
    sound: null,
    comfort: null,
    hears: new Set(),
    isMasked: false,
    isHeld: false,
    isQuiet: false,
  };
  return Object.assign(leg, { codec: codecOf(leg as LastingLeg) });
}

/** A later description of the same leg, whoever made it: told under the leg's own origin (RFC 3264 section 8). */
export function goOn(leg: LastingLeg, sdp: string): string {
  if (!leg.origin) return sdp;
  const next = continueOrigin(sdp, leg.origin);
  leg.origin = next.origin;
  return next.sdp;
}
