import type { CallLeg } from '../api.ts';
import type { LegSession } from './leg-session.ts';

/** What every leg can do, whichever side began it; only the way to hang up depends on that. */
export const callLeg = (session: LegSession): Omit<CallLeg, 'hangUp'> => ({
  callId: session.callId,
  localTag: session.localTag,
  ended: session.ended,
  byeHeader: (name) => session.byeHeader(name),
  onOffer: (handler) => session.offers.onOffer(handler),
  onInfo: (handler) => session.onInfo(handler),
  onRefer: (handler) => session.referrals.onRefer(handler),
  reinvite: (sdp) => session.offers.reinvite(sdp),
  update: (sdp) => session.offers.update(sdp ?? null),
  sendInfo: (type, body) => session.sendInfo(type, body),
  refer: (target, replaces) => session.referrals.refer(target, replaces ?? null),
  snapshot: () => session.snapshot(),
});
