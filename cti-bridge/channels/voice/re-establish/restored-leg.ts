import type { CallLeg, IncomingLeg, LegSnapshot } from '../../../sip/index.ts';
import { continueOrigin, originOf } from './origin-line.ts';

/** What is known of a call beside its dialog. */
export interface KnownOfCall {
  readonly trunkId: string;
  readonly number: string | null;
  readonly presentedName: string | null;
  readonly dialled: string;
  readonly peer: string | null;
}

/**
 * Requests that a bridge sent before it died and did not write down any more have used up numbers; a gap is allowed, a number that does not
 * grow is not (RFC 3261 section 12.2.1.1).
 */
const sequenceGap = 1_000;

export const withGap = (snapshot: LegSnapshot): LegSnapshot => ({ ...snapshot, localSeq: snapshot.localSeq + sequenceGap });

/**
 * A leg whose media comes from somewhere else from now on: what is said there goes on from the description that its far side has of us
 * (RFC 3264 section 8).
 */
export function continuing(leg: CallLeg, localSdp: string | null): CallLeg {
  let origin = localSdp === null ? null : originOf(localSdp);
  const goOn = (sdp: string): string => {
    if (!origin) return sdp;
    const next = continueOrigin(sdp, origin);
    origin = next.origin;
    return next.sdp;
  };
  return {
    callId: leg.callId,
    localTag: leg.localTag,
    ended: leg.ended,
    byeHeader: (name) => leg.byeHeader(name),
    hangUp: (reason) => leg.hangUp(reason),
    onOffer: (handler) =>
      leg.onOffer(async (offer) => {
        const answer = await handler(offer);
        return 'sdp' in answer ? { ...answer, sdp: goOn(answer.sdp) } : answer;
      }),
    onInfo: (handler) => leg.onInfo(handler),
    reinvite: (sdp) => leg.reinvite(goOn(sdp)),
    update: (sdp) => leg.update(sdp === undefined ? undefined : goOn(sdp)),
    sendInfo: (contentType, body) => leg.sendInfo(contentType, body),
    onRefer: (handler) => leg.onRefer(handler),
    refer: (target, replaces) => leg.refer(target, replaces),
    snapshot: () => leg.snapshot(),
  };
}

/**
 * A customer's leg of before a restart, in the shape of a call that comes in with a late offer: what answers it is a re-INVITE with our new
 * media. So all that is true of a call is true of this one.
 */
export function restoredCustomer(leg: CallLeg, snapshot: LegSnapshot, known: KnownOfCall, receivedAt: number): IncomingLeg {
  const goingOn = continuing(leg, snapshot.localSdp);
  return {
    ...goingOn,
    receivedAt,
    dialled: known.dialled,
    caller: { user: known.number, displayName: known.presentedName },
    trunk: known.trunkId,
    peer: known.peer,
    phone: null,
    offer: null,
    replaces: null,
    hopsLeft: 70,
    diversion: [],
    header: () => undefined,
    progress() {},
    async answer(sdp) {
      const outcome = await goingOn.reinvite(sdp);
      if (outcome.ok) return { acked: true, sdp: outcome.sdp };
      leg.hangUp({ protocol: 'Q.850', cause: 41, text: 'Temporary failure' });
      return { acked: false };
    },
    refuse: () => leg.hangUp(),
  };
}
