import type { AgentLegFailure, CallParty, DigitPressed, TransferAsked, VoiceCall } from '../../interactions/index.ts';
import type { Clock, Disposable, Log } from '../../kernel/index.ts';
import { Emitter, type Scope, withTimeLimit } from '../../kernel/index.ts';
import type { MediaEvents } from '../../media/index.ts';
import type { CallLeg, IncomingLeg, LegSnapshot, OutgoingLeg } from '../../sip/index.ts';
import { DigitMerge, digitOfInfo } from './digits.ts';
import { goneOf, legFailureOf, reasonOfRelease } from './endings.ts';
import type { LegOffer, OfferSource } from './prepared-offer.ts';
import { farSideOf, type LastingSession } from './re-establish/index.ts';
import { answerToOffer } from './renegotiate.ts';
import { answeredInKind, type SrtpRules } from './srtp-terms.ts';
import { takePlace } from './taking-over.ts';

export interface PartyLegParts {
  readonly partyId: string;
  /** Sends the INVITE with this offer; null when there is no way to the phone. */
  readonly invite: (offer: string) => OutgoingLeg | null;
  /** A later offer of ours as this phone's trunk may talk; as it is without. */
  readonly inCodecs?: (offer: string) => string;
  readonly session: LastingSession;
  readonly srtpRules: SrtpRules;
  readonly offers: OfferSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
  /** After the 200: how long ICE and DTLS, or the first packet of a desk phone, may take. Null: nothing is waited for. */
  readonly connectLimitMs: number | null;
  /** Whose phone of ours it is; null for a number outside. */
  readonly extension: string | null;
  /** The other call in which this leg of our stack is a phone of the same owner; null when there is none. */
  readonly otherCallOf: (sipTag: string, extension: string) => VoiceCall | null;
}

/** How long a BYE, or a refusal, may come after the end of the sound. */
const byeGraceMs = 500;
/** How long an answer may take to be taken where the sound is not waited for. */
const answerLimitMs = 5_000;

type Outcome = Awaited<CallParty['outcome']>;
type Gone = Awaited<CallParty['gone']>;

/**
 * A phone that is called into a call: an agent's, or one outside.
 *
 *   offering --INVITE--> ringing --200--> connecting --media up--> answered --> gone
 *        \__________________\______________\__________ failed
 *
 * The phone's 200 OK is what accepts (`accepted`); `outcome` waits until media is up, so that the caller keeps the queue's music until the
 * agent can really hear, and a phone without media is told as `mediaFailed`, not as an answer. The moment reported is that of the 200.
 * Media is up: with a browser's phone ICE and DTLS, with a desk phone its first packet. Of a phone outside nothing is waited for: who has
 * answered there may well be silent.
 *
 * A browser's phone may send its answer while it rings, in a 183: then ICE and DTLS are up before the 200, and nothing is left to wait for.
 * No sound passes until the leg is joined, whatever comes over the path before.
 */
export class SipPartyLeg implements CallParty {
  readonly partyId: string;
  readonly ringing: Promise<void>;
  readonly accepted: Promise<void>;
  readonly outcome: Promise<Outcome>;
  readonly gone: Promise<Gone>;
  readonly #parts: PartyLegParts;
  readonly #scope: Scope;
  readonly #events: Emitter<{ hold: boolean; digit: DigitPressed; transfer: TransferAsked; earlySound: undefined }>;
  readonly #digits: DigitMerge;
  readonly #resolveRinging: () => void;
  readonly #resolveAccepted: () => void;
  readonly #resolveOutcome: (outcome: Outcome) => void;
  readonly #resolveGone: (gone: Gone) => void;
  #state: 'offering' | 'ringing' | 'connecting' | 'answered' | 'over' = 'offering';
  #offer: LegOffer | undefined;
  #sip: CallLeg | undefined;
  /** Another leg is about to take this one's place; resolves with whether it did. */
  #replacing: Promise<boolean> | undefined;
  #acceptance: Promise<boolean> | undefined;
  #isMediaUp = false;
  #answeredAt = 0;
  #isHeld = false;
  #isHeardEarly = false;

  constructor(parts: PartyLegParts) {
    this.partyId = parts.partyId;
    this.#parts = parts;
    this.#scope = parts.scope;
    this.#events = new Emitter((error) => parts.log.error('agentLeg:listenerFailed', { error: String(error) }));
    this.#digits = new DigitMerge(parts.clock, (digit) => this.#events.emit('digit', { digit, at: parts.clock.now() }));
    ({ promise: this.ringing, resolve: this.#resolveRinging } = Promise.withResolvers<void>());
    ({ promise: this.accepted, resolve: this.#resolveAccepted } = Promise.withResolvers<void>());
    ({ promise: this.outcome, resolve: this.#resolveOutcome } = Promise.withResolvers<Outcome>());
    ({ promise: this.gone, resolve: this.#resolveGone } = Promise.withResolvers<Gone>());

    this.#scope.add(() => this.release(this.isAnswered ? 'ended' : 'callerLeft'));
    if (this.#scope.isEnded) return;
    this.#scope.add(parts.session.on('connected', (event) => this.#onMediaUp(event)));
    this.#scope.add(parts.session.on('lost', (event) => this.#onMediaLost(event)));
    this.#scope.add(
      parts.session.on('digit', (event) => event.legId === this.mediaLegId && this.#digits.accept('rtp', event.digit, event.durationMs)),
    );

    const offer = parts.offers.take();
    // A prepared offer goes out in this very tick; only a call that is offered the moment it arrives waits for one.
    if (offer instanceof Promise) void offer.then((made) => this.#invite(made));
    else this.#invite(offer);
  }

  sendDigit(digit: string): void {
    const legId = this.mediaLegId;
    if (this.#state === 'answered' && legId !== undefined) this.#parts.session.sendDigit(legId, digit);
  }

  /** What the phone said in its BYE. */
  farewell(name: string): string | null {
    return this.#sip?.byeHeader(name) ?? null;
  }

  /** The leg's id in the media session, for joining. Undefined until an offer exists. */
  get mediaLegId(): string | undefined {
    return this.#offer?.legId;
  }

  belongsTo(session: LastingSession): boolean {
    return this.#parts.session === session;
  }

  /** For a bridge after a crash; null while there is nothing to go on with. */
  snapshot(): LegSnapshot | null {
    return this.#state === 'answered' ? (this.#sip?.snapshot() ?? null) : null;
  }

  /** It is this phone's, in this very leg. */
  isLeg(sipTag: string, extension: string): boolean {
    return this.#parts.extension === extension && this.#state === 'answered' && this.#sip?.localTag === sipTag;
  }

  /** Names the leg that it is on now. */
  get sipTag(): string | undefined {
    return this.#sip?.localTag;
  }

  get isAnswered(): boolean {
    return this.#state === 'answered';
  }

  /** Monotonic ms of the 200's arrival. */
  get answeredAt(): number {
    return this.#answeredAt;
  }

  onHold(listener: (isHeld: boolean) => void): Disposable {
    return this.#events.on('hold', listener);
  }

  /** There is something to hear of it, answered or not. */
  get isHeard(): boolean {
    return this.#state === 'answered' || (this.#state !== 'over' && this.#isHeardEarly);
  }

  onEarlySound(listener: () => void): Disposable {
    return this.#events.on('earlySound', listener);
  }

  onDigit(listener: (pressed: DigitPressed) => void): Disposable {
    return this.#events.on('digit', listener);
  }

  onTransferAsked(listener: (asked: TransferAsked) => void): Disposable {
    return this.#events.on('transfer', listener);
  }

  release(why: Parameters<CallParty['release']>[0]): void {
    if (this.#state === 'over') return;
    this.#sip?.hangUp(reasonOfRelease[why]);
    if (this.#state === 'answered') this.#end('released');
    else this.#fail('canceled');
  }

  /**
   * An INVITE with Replaces that names this leg (RFC 3891): the call goes on there, and this leg is told good-bye. While it rings, that is
   * how another phone of the same owner picks the call up.
   */
  replaceBy(newcomer: IncomingLeg): void {
    const { session, srtpRules, clock, log } = this.#parts;
    const mediaLegId = this.mediaLegId;
    if (newcomer.phone !== this.#parts.extension) return newcomer.refuse(403);
    if (mediaLegId === undefined || (this.#state !== 'ringing' && this.#state !== 'answered')) return newcomer.refuse(481);
    if (this.#replacing) return newcomer.refuse(491);
    this.#replacing = takePlace(newcomer, { session, mediaLegId, waitsWithMusic: false, srtpRules, clock, log }).then((taken) => {
      this.#replacing = undefined;
      if (!taken) return false;
      if (this.#state === 'over') {
        newcomer.hangUp(reasonOfRelease.ended);
        return true;
      }
      const before = this.#sip;
      this.#sip = newcomer;
      this.#listenTo(newcomer, mediaLegId);
      this.#followEnd(newcomer);
      before?.hangUp(reasonOfRelease.answeredElsewhere);
      if (this.#state !== 'answered') {
        this.#taken(clock.monotonic());
        this.#isMediaUp ||= taken.isMediaUp;
        if (this.#isMediaUp || this.#parts.connectLimitMs === null) this.#answered();
      }
      return true;
    });
  }

  #invite(offer: LegOffer | null): void {
    const { invite, offers } = this.#parts;
    if (this.#state === 'over') {
      if (offer) offers.giveBack(offer);
      return;
    }
    if (!offer) return this.#fail('mediaFailed');
    const leg = invite(offer.sdp);
    if (!leg) {
      offers.giveBack(offer);
      return this.#fail('deviceUnreachable');
    }
    this.#offer = offer;
    this.#sip = leg;
    leg.onProgress((status, sdp) => {
      if (status >= 180 && this.#state === 'offering') {
        this.#state = 'ringing';
        this.#resolveRinging();
      }
      if (sdp !== null && this.#state === 'ringing' && offers.takesEarlyAnswers)
        this.#scope.run(async () => void (await this.#accept(offer, sdp)));
      else if (sdp !== null && this.#state === 'ringing' && this.#parts.extension === null)
        this.#scope.run(() => this.#hearEarly(offer, sdp));
    });
    this.#listenTo(leg, offer.legId);
    this.#scope.run(async () => {
      const outcome = await answeredInKind(leg);
      if (this.#replacing && (await this.#replacing)) return leg.hangUp(reasonOfRelease.answeredElsewhere);
      if (this.#sip !== leg) return leg.hangUp(reasonOfRelease.answeredElsewhere);
      if (!outcome.ok) return this.#fail(legFailureOf(outcome.end));
      await this.#onAnswer(leg, offer, outcome);
    });
  }

  #listenTo(leg: CallLeg, mediaLegId: string): void {
    leg.onRefer((refer) => {
      const { replaces, replacedLeg } = refer;
      const { extension, otherCallOf } = this.#parts;
      // Whom they mean by a call that is none of ours cannot be had: nobody is called for what somebody writes into a REFER.
      const into = replacedLeg && extension !== null ? otherCallOf(replacedLeg.localTag, extension) : null;
      const isUnknown = replaces !== null && into === null;
      if (isUnknown || this.#state !== 'answered' || this.#events.listenerCount('transfer') === 0) return refer.refuse(603);
      refer.accept();
      const { targetUser: target, referredBy } = refer;
      this.#events.emit('transfer', { target, into, referredBy, done: (isTheirs) => refer.notify(isTheirs ? 200 : 503) });
    });
    leg.onInfo((contentType, body) => {
      const pressed = digitOfInfo(contentType, body);
      if (pressed) this.#digits.accept('info', pressed.digit);
    });
    leg.onOffer(async (sdp) => {
      const answered = await answerToOffer(this.#parts.session, mediaLegId, sdp, this.#parts.log);
      if ('isHeld' in answered) this.#setHeld(answered.isHeld);
      return answered;
    });
  }

  async #onAnswer(leg: OutgoingLeg, offer: LegOffer, answer: { readonly sdp: string; readonly at: number }): Promise<void> {
    // CANCEL and 200 crossed: the phone believes in a call that nobody wants any more (RFC 3261 §9.1).
    if (this.#state === 'over') return leg.hangUp(reasonOfRelease.ended);
    this.#taken(answer.at);
    this.#followEnd(leg);
    const { connectLimitMs } = this.#parts;
    const isAccepted = await this.#accept(offer, answer.sdp);
    if (isAccepted) this.#parts.session.reach(offer.legId, farSideOf(this.#offeredTo(leg), this.#parts.clock, false));
    if (isAccepted && (this.#isMediaUp || connectLimitMs === null)) this.#answered();
  }

  #offeredTo(leg: OutgoingLeg): Pick<CallLeg, 'ended' | 'reinvite'> {
    const { inCodecs } = this.#parts;
    return inCodecs ? { ended: leg.ended, reinvite: (offer) => leg.reinvite(inCodecs(offer)) } : leg;
  }

  /** How the network lets us hear a phone outside, or why there is none; the description in the 200 counts after it all the same. */
  async #hearEarly(offer: LegOffer, sdp: string): Promise<void> {
    try {
      await this.#parts.session.acceptAnswer(offer.legId, sdp);
    } catch (error) {
      this.#parts.log.info('outsideLeg:earlyMediaRefused', { error: String(error) });
      return;
    }
    if (this.#state !== 'ringing') return;
    this.#isHeardEarly = true;
    this.#events.emit('earlySound', undefined);
  }

  /** The phone's 200 is there. */
  #taken(at: number): void {
    const { connectLimitMs } = this.#parts;
    this.#state = 'connecting';
    this.#answeredAt = at;
    this.#resolveRinging();
    this.#resolveAccepted();
    if (connectLimitMs !== null) this.#scope.timer(connectLimitMs, () => this.#failMedia('no media in time'));
  }

  #followEnd(leg: CallLeg): void {
    void leg.ended.then(async (end) => {
      if (this.#sip !== leg) return;
      // Who hands a call on may hang up before whoever has it then is quite there.
      if (this.#replacing && (await this.#replacing)) return;
      if (this.#state === 'answered') this.#end(goneOf(end));
      else this.#fail(goneOf(end) === 'hungUp' ? 'rejected' : 'deviceUnreachable');
    });
  }

  /** RFC 3261 §13.2.1: the first answer counts, be it in a 183 or in the 200; what comes after it only repeats it. */
  #accept(offer: LegOffer, sdp: string): Promise<boolean> {
    this.#acceptance ??= this.#acceptFirst(offer, sdp);
    return this.#acceptance;
  }

  async #acceptFirst(offer: LegOffer, sdp: string): Promise<boolean> {
    const { session, clock, log } = this.#parts;
    try {
      await withTimeLimit(
        clock,
        this.#parts.connectLimitMs ?? answerLimitMs,
        "accepting the phone's answer",
        session.acceptAnswer(offer.legId, sdp),
      );
      return true;
    } catch (error) {
      log.warn('agentLeg:answerRefused', { error: String(error) });
      this.#failMedia('answer not acceptable');
      return false;
    }
  }

  #onMediaUp(event: MediaEvents['connected']): void {
    if (event.legId !== this.mediaLegId) return;
    this.#isMediaUp = true;
    this.#answered();
  }

  #onMediaLost(event: MediaEvents['lost']): void {
    if (event.legId !== this.mediaLegId) return;
    this.#isMediaUp = false;
    if (this.#state === 'connecting') return this.#failMedia(event.why);
    // A phone that hangs up, or declines, closes its DTLS beside its BYE or 486, and either may be first: who hung up is not lost.
    // What a network lets us hear of a phone outside may pause for long.
    if (this.#state === 'ringing' && !this.#isHeardEarly) this.#scope.timer(byeGraceMs, () => this.#failMedia(event.why));
    if (this.#state !== 'answered') return;
    this.#scope.timer(byeGraceMs, () => {
      this.#sip?.hangUp({ protocol: 'Q.850', cause: 41, text: 'No media' });
      this.#end('lost');
    });
  }

  #answered(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'answered';
    this.#resolveOutcome({ kind: 'answered', atMonotonic: this.#answeredAt });
  }

  #setHeld(isHeld: boolean): void {
    if (this.#state === 'over' || isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#events.emit('hold', isHeld);
  }

  #failMedia(why: string): void {
    if (this.#state !== 'ringing' && this.#state !== 'connecting') return;
    this.#parts.log.warn('agentLeg:mediaFailed', { why });
    this.#sip?.hangUp({ protocol: 'Q.850', cause: 41, text: 'No media' });
    this.#fail('mediaFailed');
  }

  #fail(failure: AgentLegFailure): void {
    if (this.#state === 'over' || this.#state === 'answered') return;
    this.#state = 'over';
    this.#resolveOutcome({ kind: 'failed', failure });
    this.#close();
    // The next agent's phone is rung with a fresh offer; this one carries a used ICE and DTLS identity.
    this.#parts.offers.replenish();
  }

  #end(gone: Gone): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#resolveGone(gone);
    this.#close();
    this.#parts.offers.replenish();
  }

  #close(): void {
    if (this.#offer) this.#parts.session.closeLeg(this.#offer.legId);
    void this.#scope.end('agent leg over');
  }
}
