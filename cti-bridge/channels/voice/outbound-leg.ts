import { reservationHeader } from '../../../shared/contracts/bridge-events.ts';
import type { CustomerNumber, OwnPhone } from '../../interactions/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { SrtpUse } from '../../media/index.ts';
import type { IncomingLeg, LegEnd, OutgoingLeg, SipStack } from '../../sip/index.ts';
import { offerOnly, routesWith } from './routes.ts';
import { answeredInKind, offerFor, type SrtpRules } from './srtp-terms.ts';

/** A leg of ours before it is answered: told what is heard of the phone, with the description that comes with it. */
export interface OutboundLeg extends IncomingLeg {
  onProgress(handler: (sdp: string | null) => void): void;
  /** How it ended before anybody answered; null while it has not, or was given up here. */
  readonly unanswered: LegEnd | null;
  /** How its offer is to be made. */
  readonly srtp: SrtpUse;
  readonly takesOpus: boolean;
  /** The phone of a browser, which wants ICE and DTLS. */
  readonly isBrowsers: boolean;
}

/** Whom a leg of ours calls, and how. */
interface Called extends Pick<OutboundLeg, 'srtp' | 'takesOpus' | 'isBrowsers' | 'dialled' | 'peer'> {
  readonly number: string | null;
  readonly trunk: string;
  /** An offer of ours as the way that took the call may talk. */
  inCodecs(sdp: string): string;
  /** Sends the INVITE; null where there is no way. */
  invite(offer: string): OutgoingLeg | null;
}

export const isOutbound = (leg: IncomingLeg): leg is OutboundLeg => 'onProgress' in leg;

/**
 * A call to a customer, in the shape of one from them: what answers it is the customer's own 200. So everything that is true of a call that
 * came in (one media session, agents' legs joined to it, one way out) is true of one that goes out, and is written once.
 *
 *   idle --answer--> INVITE --200--> up        refuse and hangUp before the INVITE send nothing, and before the 200 a CANCEL
 */
export function createOutboundLeg(sip: SipStack, clock: Clock, customer: CustomerNumber, trunkSrtp: SrtpRules['trunk']): OutboundLeg {
  const { number, peer, dialled, routes } = customer;
  let trunk: string = customer.trunkId;
  return outboundLeg(clock, {
    number,
    peer,
    dialled,
    get trunk() {
      return trunk;
    },
    srtp: offerFor((routes ?? []).map(({ trunkId }) => trunkSrtp(trunkId).offers)),
    takesOpus: (routes ?? []).some(({ codecs }) => codecs.includes('opus')),
    isBrowsers: false,
    inCodecs(sdp) {
      const route = routes?.find(({ trunkId }) => trunkId === trunk);
      return route ? offerOnly(sdp, route.codecs) : sdp;
    },
    invite: (offer) =>
      routes
        ? sip.trunks.dial({ routes: routesWith(routes, offer, trunkSrtp), onRoute: (trunkId) => void (trunk = trunkId) })
        : sip.inviteCustomer({ number, peer, from: dialled, offer }),
  });
}

/** The phone in the browser of somebody who wants to be the caller themselves. It answers by itself: they have asked for it. */
export function createBrowserLeg(sip: Pick<SipStack, 'invite'>, clock: Clock, { username, reservationId, shownAs }: OwnPhone): OutboundLeg {
  return outboundLeg(clock, {
    ...{ number: null, peer: null, dialled: '', trunk: '', srtp: 'never', takesOpus: false, isBrowsers: true },
    inCodecs: (sdp) => sdp,
    invite: (offer) =>
      sip.invite({
        extension: username,
        from: { user: 'draft', displayName: shownAs },
        offer,
        headers: { [reservationHeader]: reservationId },
      }),
  });
}

function outboundLeg(clock: Clock, called: Called): OutboundLeg {
  const { promise: ended, resolve: end } = Promise.withResolvers<LegEnd>();
  let out: OutgoingLeg | undefined;
  let isOver = false;
  let unanswered: LegEnd | null = null;
  let offered: Parameters<IncomingLeg['onOffer']>[0] | undefined;
  let informed: Parameters<IncomingLeg['onInfo']>[0] | undefined;
  let progressed: (sdp: string | null) => void = () => {};
  let referred: Parameters<IncomingLeg['onRefer']>[0] | undefined;

  const finish = (how: LegEnd): void => {
    isOver = true;
    end(how);
  };
  const local: LegEnd = { cause: 'local', by: 'local', status: null, text: null };

  return {
    callId: '',
    get localTag() {
      return out?.localTag ?? '';
    },
    get unanswered() {
      return unanswered;
    },
    receivedAt: clock.monotonic(),
    dialled: called.dialled,
    caller: { user: called.number, displayName: null },
    get trunk() {
      return called.trunk;
    },
    peer: called.peer,
    phone: null,
    offer: null,
    replaces: null,
    hopsLeft: 70,
    diversion: [],
    srtp: called.srtp,
    takesOpus: called.takesOpus,
    isBrowsers: called.isBrowsers,
    ended,
    byeHeader: (name) => out?.byeHeader(name),
    header: () => undefined,
    progress() {},
    onProgress(handler) {
      progressed = handler;
    },
    onOffer(handler) {
      offered = handler;
    },
    onInfo(handler) {
      informed = handler;
    },
    update: async (sdp) => (out ? out.update(sdp) : { ok: false, status: 481 }),
    onRefer(handler) {
      referred = handler;
    },
    refer: async (target, replaces) => (out ? out.refer(target, replaces) : 481),
    snapshot: () => out?.snapshot() ?? null,
    reinvite: async (sdp) => (out ? out.reinvite(called.inCodecs(sdp)) : { ok: false, status: 481 }),
    sendInfo: (contentType, body) => out?.sendInfo(contentType, body),

    async answer(sdp) {
      if (isOver || out) return { acked: false };
      const leg = called.invite(sdp);
      if (!leg) {
        unanswered = { cause: 'rejected', by: 'local', status: null, text: 'no way to the phone' };
        finish(unanswered);
        return { acked: false };
      }
      out = leg;
      leg.onProgress((status, early) => (status === 180 || early !== null) && progressed(early));
      if (offered) leg.onOffer(offered);
      if (informed) leg.onInfo(informed);
      if (referred) leg.onRefer(referred);
      const outcome = await Promise.race([answeredInKind(leg), ended.then((end) => ({ ok: false as const, end }))]);
      if (!outcome.ok) {
        if (!isOver) unanswered = outcome.end;
        finish(outcome.end);
        return { acked: false };
      }
      void leg.ended.then(finish);
      return { acked: true, sdp: outcome.sdp };
    },
    refuse() {
      out?.hangUp();
      finish(local);
    },
    hangUp(reason) {
      out?.hangUp(reason);
      finish(local);
    },
  };
}
