import { reservationHeader } from '../../../shared/contracts/bridge-events.ts';
import type { AgentLeg, OutsideLeg, OutsideNumber, RingRequest } from '../../interactions/index.ts';
import type { CallLeg, Carried, SipStack } from '../../sip/index.ts';
import { movedLeg } from './moved-leg.ts';
import { type PartyLegParts, SipPartyLeg } from './party-leg.ts';
import { offerOnly, routesWith } from './routes.ts';

type Parts = Omit<PartyLegParts, 'partyId' | 'invite' | 'extension'>;

/** An agent's phone, as registered, rung for one reservation. */
export class SipAgentLeg extends SipPartyLeg implements AgentLeg {
  readonly agentId: AgentLeg['agentId'];
  readonly reservationId: AgentLeg['reservationId'];

  constructor(
    request: RingRequest & { readonly answersItself: boolean },
    { maxForwards }: Pick<Carried, 'maxForwards'>,
    sip: Pick<SipStack, 'invite'>,
    parts: Parts,
  ) {
    const { extension, callerNumber, callerDisplay, reservationId, answersItself } = request;
    super({
      ...parts,
      partyId: reservationId,
      extension,
      invite: (offer) =>
        sip.invite({
          extension,
          from: { user: callerNumber, displayName: callerDisplay },
          offer,
          headers: { [reservationHeader]: reservationId },
          maxForwards,
          ...(answersItself ? { answersItself } : {}),
        }),
    });
    this.agentId = request.agentId;
    this.reservationId = reservationId;
  }
}

/** A number over a trunk, called into a call. */
export class SipOutsideLeg extends SipPartyLeg implements OutsideLeg {
  readonly number: string;

  constructor(
    { partyId, number, peer, shownAs, routes }: OutsideNumber,
    carried: Carried,
    sip: Pick<SipStack, 'inviteCustomer' | 'trunks'>,
    parts: Parts,
  ) {
    let route = routes?.[0];
    const onRoute = (trunkId: string) => {
      route = routes?.find((each) => each.trunkId === trunkId);
    };
    const invite = (offer: string) =>
      routes
        ? sip.trunks.dial({ routes: routesWith(routes, offer, parts.srtpRules.trunk), onRoute, carried })
        : sip.inviteCustomer({ number, peer, from: shownAs, offer, carried });
    const inCodecs = (offer: string) => (route ? offerOnly(offer, route.codecs) : offer);
    super({ ...parts, partyId, extension: null, invite, inCodecs });
    this.number = number;
  }
}

/** The customer of another call, who is up already and comes over into this one. */
export class SipBroughtLeg extends SipPartyLeg implements OutsideLeg {
  readonly number: string;

  constructor(from: { readonly partyId: string; readonly number: string; readonly leg: CallLeg }, parts: Parts) {
    super({ ...parts, partyId: from.partyId, extension: null, invite: (offer) => movedLeg(from.leg, offer, parts.clock) });
    this.number = from.number;
  }
}
