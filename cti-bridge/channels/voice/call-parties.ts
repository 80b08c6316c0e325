import type { AgentLeg, OutsideLeg, OutsideNumber, RingRequest, VoiceCall } from '../../interactions/index.ts';
import type { Clock, Log, Scope } from '../../kernel/index.ts';
import { isProtected, type SrtpUse } from '../../media/index.ts';
import type { CallLeg, IncomingLeg, LegSnapshot, SipStack } from '../../sip/index.ts';
import { SipAgentLeg, SipBroughtLeg, SipOutsideLeg } from './agent-leg.ts';
import { carriedFrom } from './carried-on.ts';
import { reasonOfRelease } from './endings.ts';
import { goOnWith } from './moved-leg.ts';
import type { PartyLegParts, SipPartyLeg } from './party-leg.ts';
import { isDeskPhone } from './phone-kinds.ts';
import { type OfferSource, PreparedOffer, RtpOffers } from './prepared-offer.ts';
import type { LastingSession } from './re-establish/index.ts';
import { offerFor, type SrtpRules } from './srtp-terms.ts';

export interface CallPartiesParts {
  /** The customer's, as it came: what goes on from it onto whoever is called in. */
  readonly leg: IncomingLeg;
  readonly session: LastingSession;
  readonly sip: SipStack;
  readonly clock: Clock;
  readonly log: Log;
  readonly srtpRules: SrtpRules;
  /** After an agent's 200: how long ICE and DTLS may take. */
  readonly connectLimitMs: number;
  /** The phone of that extension is asked to answer by itself. */
  readonly answersItself: (extension: string) => boolean;
  /** The call in which this leg of our stack is a phone of that extension. */
  readonly callOf: (sipTag: string, extension: string) => VoiceCall | null;
}

type PartyParts = Omit<PartyLegParts, 'partyId' | 'invite' | 'extension'>;

/** The customer is offered new sound first, which they may take `limits.customerReturn` to answer. */
const keptMs = 10_000;

/** Everybody in a call besides the customer, or about to be: agents' phones, and numbers outside. Each has a scope of its own in the call's. */
export class CallParties {
  readonly #parts: CallPartiesParts;
  readonly #call: VoiceCall;
  readonly #scope: Scope;
  readonly #members = new Set<SipPartyLeg>();
  readonly #offers: PreparedOffer;
  /** Made ahead for desk phones that are about to be rung, by extension. */
  readonly #rtpOffers = new Map<string, RtpOffers>();
  /** Desk phones that were in the call before a crash, by extension. */
  readonly #kept = new Map<string, CallLeg>();

  constructor(parts: CallPartiesParts, call: VoiceCall, scope: Scope) {
    const { session, clock, log } = parts;
    this.#parts = parts;
    this.#call = call;
    this.#scope = scope;
    this.#offers = new PreparedOffer(session, clock, log);
    scope.add(
      session.onMoving(() => {
        this.#offers.renew();
        this.#rtpOffers.clear();
      }),
    );
  }

  /** Whoever is on that leg of our stack. */
  withTag(sipTag: string): SipPartyLeg | undefined {
    return [...this.#members].find((each) => each.sipTag === sipTag);
  }

  hasPhone(sipTag: string, extension: string): boolean {
    return [...this.#members].some((each) => each.isLeg(sipTag, extension));
  }

  /** For a bridge after a crash. */
  snapshots(): readonly LegSnapshot[] {
    return [...this.#members].flatMap((each) => each.snapshot() ?? []);
  }

  dial(outside: OutsideNumber): OutsideLeg {
    const { sip, srtpRules, leg } = this.#parts;
    const srtp = offerFor((outside.routes ?? []).map(({ trunkId }) => srtpRules.trunk(trunkId).offers));
    const carried = { ...carriedFrom(leg, outside.referredBy ?? null), ownUserToUser: outside.userToUser };
    const codecs = outside.routes?.some((route) => route.codecs.includes('opus')) ? 'withOpus' : 'g711';
    return this.#outside(outside.partyId, srtp, codecs, (parts) => new SipOutsideLeg(outside, carried, sip, parts));
  }

  /** The customer of another call, on this leg of theirs. */
  bring(from: { readonly partyId: string; readonly number: string; readonly leg: CallLeg }): OutsideLeg {
    return this.#outside(from.partyId, agreedWith(from.leg), 'g711', (parts) => new SipBroughtLeg(from, parts));
  }

  /** An offer for a browser's phone, made while nobody waits for it. */
  prepareOffer(): void {
    this.#offers.prepare();
  }

  /** Before it is rung, so that the offer for it is made beside what has to be done first. */
  prepareAgent(extension: string): void {
    // A leg that a bridge before this one left has its own terms.
    if (this.#scope.isEnded || this.#kept.has(extension)) return;
    const { sip, session, clock, log, srtpRules } = this.#parts;
    const transport = sip.transportOf(extension);
    if (!isDeskPhone(transport)) return this.#offers.prepare();
    const offers = new RtpOffers(session, clock, log, srtpRules.phone(extension, transport === 'TLS').offers, 'withOpus');
    this.#rtpOffers.set(extension, offers);
    offers.prepare();
  }

  ringAgent(request: RingRequest): AgentLeg {
    const { extension, reservationId } = request;
    const { leg, sip, session, clock, log, srtpRules } = this.#parts;
    const transport = sip.transportOf(extension);
    const kept = this.#kept.get(extension);
    this.#kept.delete(extension);
    const ahead = kept ? undefined : this.#rtpOffers.get(extension);
    this.#rtpOffers.delete(extension);
    const srtp = kept ? agreedWith(kept) : srtpRules.phone(extension, transport === 'TLS').offers;
    const offers = kept || isDeskPhone(transport) ? (ahead ?? new RtpOffers(session, clock, log, srtp, 'withOpus')) : this.#offers;
    const scope = this.#scope.child(`agent/${reservationId}`);
    const agent = new SipAgentLeg(
      { ...request, answersItself: isDeskPhone(transport) && this.#parts.answersItself(extension) },
      carriedFrom(leg, null),
      kept ? { invite: ({ offer }) => goOnWith(kept, offer, clock) } : sip,
      this.#partsOf(scope, offers, { reservationId }, this.#parts.connectLimitMs),
    );
    this.#take(agent, scope);
    return agent;
  }

  /**
   * A desk phone that was in this call before a crash, and is still off the hook: whoever rings it soon only gives it new sound. One that nobody
   * rings, a colleague's who was asked in, is told good-bye.
   */
  keepPhone(extension: string, leg: CallLeg): void {
    this.#kept.set(extension, leg);
    const letGo = () => {
      if (this.#kept.get(extension) !== leg) return;
      this.#kept.delete(extension);
      leg.hangUp(reasonOfRelease.ended);
    };
    this.#scope.add(letGo);
    this.#scope.timer(keptMs, letGo);
  }

  /** No offer is made any more. */
  close(): void {
    this.#offers.close();
  }

  #outside<Leg extends SipPartyLeg>(partyId: string, srtp: SrtpUse, codecs: 'g711' | 'withOpus', make: (parts: PartyParts) => Leg): Leg {
    const { session, clock, log } = this.#parts;
    const scope = this.#scope.child(`outside/${partyId}`);
    const leg = make(this.#partsOf(scope, new RtpOffers(session, clock, log, srtp, codecs), { partyId }, null));
    this.#take(leg, scope);
    return leg;
  }

  #partsOf(scope: Scope, offers: OfferSource, named: Readonly<Record<string, string>>, connectLimitMs: number | null): PartyParts {
    const { session, srtpRules, clock, log, callOf } = this.#parts;
    return {
      session,
      srtpRules,
      clock,
      connectLimitMs,
      offers,
      log: log.child(named),
      otherCallOf: (sipTag, extension) => {
        const other = callOf(sipTag, extension);
        return other === this.#call ? null : other;
      },
      scope,
    };
  }

  #take(leg: SipPartyLeg, scope: Scope): void {
    this.#members.add(leg);
    scope.add(() => void this.#members.delete(leg));
  }
}

/** A leg that goes to other media is not heard in clear there if it was not here. */
const agreedWith = (leg: CallLeg): SrtpUse => (isProtected(leg.snapshot()?.localSdp ?? '') ? 'required' : 'never');
