import type { Clock } from '../../kernel/index.ts';
import type { CallLeg, LegEnd, OutgoingLeg } from '../../sip/index.ts';
import { continuing } from './re-establish/index.ts';

/**
 * The leg of a call that is up, in the shape of one that is called into another call: what answers our offer there is the far side's answer to
 * a re-INVITE. Until that came the leg is its old call's, and hanging up here does nothing to it.
 */
export function movedLeg(leg: CallLeg, offer: string, clock: Clock): OutgoingLeg {
  const moved = continuing(leg, leg.snapshot()?.localSdp ?? null);
  let isOurs = false;
  const outcome = moved.reinvite(offer).then((answer) => {
    if (!answer.ok) {
      const end: LegEnd = { cause: 'rejected', by: 'remote', status: answer.status, text: null };
      return { ok: false as const, end };
    }
    isOurs = true;
    return { ok: true as const, sdp: answer.sdp, at: clock.monotonic() };
  });
  return {
    ...moved,
    outcome,
    onProgress() {},
    hangUp(reason) {
      if (isOurs) leg.hangUp(reason);
    },
  };
}

/** A leg of before a crash, called into its own call again. One that does not take the offer is over: nobody else has it. */
export function goOnWith(leg: CallLeg, offer: string, clock: Clock): OutgoingLeg {
  const moved = movedLeg(leg, offer, clock);
  void moved.outcome.then(({ ok }) => ok || leg.hangUp({ protocol: 'Q.850', cause: 41, text: 'Temporary failure' }));
  return { ...moved, hangUp: (reason) => leg.hangUp(reason) };
}
