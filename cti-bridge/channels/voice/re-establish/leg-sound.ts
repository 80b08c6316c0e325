import type { MediaSession, SoundSource } from '../../../media/index.ts';
import { isAlone, type LastingLeg } from './lasting-leg.ts';

/** Music for who is back and whose other side is not. */
export function comfort(leg: LastingLeg, session: MediaSession | null, music: SoundSource): void {
  if (!isAlone(leg) || leg.inner === null || leg.sound || leg.comfort !== null || !leg.farSide?.waitsWithMusic) return;
  leg.comfort = session?.play(leg.inner, music) ?? null;
}

export function endComfort(leg: LastingLeg, session: MediaSession | null): void {
  if (leg.comfort === null || isAlone(leg)) return;
  leg.comfort = null;
  if (leg.inner !== null) session?.stop(leg.inner);
}

/** A leg that is carried anew: what played plays again, and who was joined is joined, as far as the others are carried too. */
export function restoreSound(leg: LastingLeg, others: Iterable<LastingLeg>, session: MediaSession): void {
  const { inner, sound } = leg;
  if (inner === null) return;
  if (leg.isMasked) session.maskDigits(inner, true);
  if (sound) sound.inner = session.play(inner, sound.source);
  for (const other of others) {
    if (other.inner === null || other === leg) continue;
    const [hears, isHeard] = [leg.hears.has(other), other.hears.has(leg)];
    if (hears && isHeard) session.join(inner, other.inner);
    else if (hears) session.hear(inner, other.inner, true);
    else if (isHeard) session.hear(other.inner, inner, true);
    if (isHeard) other.comfort = null;
  }
}
