import type { Log } from '../../../kernel/index.ts';
import { hasOpus, type MediaSession, ownKeyLine } from '../../../media/index.ts';
import type { Reoffer } from '../opus/index.ts';
import { goOn, type LastingLeg } from './lasting-leg.ts';

export interface Carrier {
  /** Null while nothing carries the call. */
  readonly session: () => MediaSession | null;
  /** It is still this session that does, and the leg is still in the call. */
  readonly carries: (leg: LastingLeg, session: MediaSession) => boolean;
  readonly log: Log;
}

/** Offers a leg again where it is, in other codecs. What was overtaken meanwhile, by the death of a worker or the end of the leg, is null. */
export const reofferOf =
  (leg: LastingLeg, { session: current, carries, log }: Carrier): Reoffer =>
  async (codecs, isUrgent) => {
    const { inner, farSide } = leg;
    const session = current();
    if (!session || inner === null || !farSide) return null;
    const isThere = () => carries(leg, session) && leg.inner === inner;
    try {
      const own = await session.offerAgain(inner, codecs);
      if (!isThere()) return null;
      const answer = await farSide.renew(goOn(leg, own), isUrgent);
      if (answer === null || !isThere()) return null;
      await session.acceptAnswer(inner, answer);
      if (!isThere()) return null;
      leg.own = own;
      leg.key = ownKeyLine(own, answer);
      return hasOpus(own) && hasOpus(answer);
    } catch (error) {
      if (isThere()) log.warn('media:codec-not-changed', { legId: leg.legId, codecs, error: String(error) });
      return null;
    }
  };
