import type { Clock } from '../../../kernel/index.ts';
import type { CallLeg } from '../../../sip/index.ts';

/** How the far side of a leg is told that our media is elsewhere from now on. */
export interface FarSide {
  /** Sends our new offer in the dialog, for some seconds if it is busy, or once; the answer, or null when the far side did not take it. */
  readonly renew: (offer: string, isUrgent?: boolean) => Promise<string | null>;
  /** Hears music from the moment its own side is back until the other side is. */
  readonly waitsWithMusic: boolean;
}

/** A far side that is busy, or whose WebSocket is about to be there again, is asked once more after this long; for this long. */
const againMs = 400;
const patienceMs = 12_000;
/** Not a word about the offer itself: the far side has one of its own open, is out of order, or cannot be reached in this moment. */
const passing: readonly number[] = [491, 500, 503];

/** By re-INVITE. */
export function farSideOf(leg: Pick<CallLeg, 'ended' | 'reinvite'>, clock: Clock, waitsWithMusic: boolean): FarSide {
  let hasEnded = false;
  void leg.ended.then(() => {
    hasEnded = true;
  });
  return {
    waitsWithMusic,
    async renew(offer, isUrgent = true) {
      for (const since = clock.monotonic(); ; ) {
        const outcome = await leg.reinvite(offer);
        if (outcome.ok) return outcome.sdp;
        if (hasEnded || !isUrgent || !passing.includes(outcome.status) || clock.monotonic() - since > patienceMs) return null;
        await Promise.race([new Promise<void>((resolve) => clock.timer(againMs, resolve)), leg.ended]);
      }
    },
  };
}
