import type { CallEnd, EndedBy, EndReason, Fault, Unreached } from '../../../shared/contracts/call.ts';
import type { CallId, TrunkId } from '../../../shared/ids.ts';
import { asId } from '../../../shared/ids.ts';
import type {
  AgentLeg,
  CallerAddress,
  CallParty,
  CallRecording,
  DigitPressed,
  OutboundCall,
  OutsideLeg,
  OutsideNumber,
  PlayOutcome,
  RefusalStatus,
  RingRequest,
  Sound,
  Talker,
  VoiceCall,
  VoiceQuality,
} from '../../interactions/index.ts';
import type { Clock, Disposable, Log } from '../../kernel/index.ts';
import { Emitter, Scope, withTimeLimit } from '../../kernel/index.ts';
import type { MediaEvents } from '../../media/index.ts';
import { isProtected, MediaError, type SrtpUse, withoutKeys } from '../../media/index.ts';
import type { CallLeg, IncomingLeg, LegSnapshot, SipStack } from '../../sip/index.ts';
import { SipAgentLeg, SipBroughtLeg, SipOutsideLeg } from './agent-leg.ts';
import { callQuality } from './call-quality.ts';
import { SipCallRecording } from './call-recording.ts';
import { carriedFrom } from './carried-on.ts';
import { DigitMerge, digitOfInfo } from './digits.ts';
import { callEndOf, callEndOfLoss, reasonOfEnd, reasonOfRelease, refusalOf, unreachedOf } from './endings.ts';
import { goOnWith } from './moved-leg.ts';
import { isOutbound } from './outbound-leg.ts';
import { type PartyLegParts, SipPartyLeg } from './party-leg.ts';
import { isDeskPhone } from './phone-kinds.ts';
import { PreparedOffer, RtpOffers } from './prepared-offer.ts';
import { farSideOf, type LastingSession, type StoredLegs } from './re-establish/index.ts';
import { answerToOffer } from './renegotiate.ts';
import type { SoundFolder } from './sound-player.ts';
import { SoundPlayer } from './sound-player.ts';
import { offerFor, type SrtpRules } from './srtp-terms.ts';
import { takePlace } from './taking-over.ts';

export interface VoiceCallParts {
  readonly callId: CallId;
  readonly leg: IncomingLeg;
  readonly session: LastingSession;
  readonly sip: SipStack;
  readonly clock: Clock;
  readonly log: Log;
  readonly sounds: SoundFolder;
  readonly connectLimitMs: number;
  /** Whether an offer for a browser's phone is made before it is known that one is rung. */
  readonly keepsOfferReady: () => boolean;
  /** How the customer's packets are protected. */
  readonly srtp: SrtpUse;
  readonly srtpRules: SrtpRules;
  /** Reads a number as its trunk sent it. */
  readonly readNumber?: (trunkId: string, received: string) => string;
  /** Where recordings are written; null where none are. */
  readonly recordingsFolder: string | null;
  /** The phone of that extension is asked to answer by itself. */
  readonly answersItself: (extension: string) => boolean;
  /** The call in which this leg of our stack is a phone of that extension. */
  readonly callOf: (sipTag: string, extension: string) => VoiceCall | null;
}

interface CallEvents {
  digit: DigitPressed;
  firstAudio: { readonly direction: 'toAgent' | 'toCaller'; readonly afterAnswerMs: number };
  quality: VoiceQuality;
  progress: 'ringing' | 'earlyMedia';
}

type PartyParts = Omit<PartyLegParts, 'partyId' | 'invite' | 'extension'>;

const mediaLimitMs = 3_000;
/** The customer is offered new sound first, which they may take `limits.customerReturn` to answer. */
const keptMs = 10_000;

/**
 * A customer's call: one incoming SIP leg, one media session, one scope that owns both. Everything that could go on after the end (sounds,
 * agent legs, listeners, ports) hangs on the scope; `#finish` is the one way out and the first ending wins.
 */
export class SipVoiceCall implements OutboundCall {
  readonly callId: CallId;
  readonly caller: CallerAddress;
  readonly dialled: string;
  readonly peer: string | null;
  readonly receivedAtMonotonic: number;
  readonly receivedAt: number;
  readonly ended: Promise<CallEnd>;
  readonly #parts: VoiceCallParts;
  readonly #scope: Scope;
  readonly #events: Emitter<CallEvents>;
  /** By the leg they play to. */
  readonly #players = new Map<string, SoundPlayer>();
  readonly acknowledged: Promise<void>;
  readonly #offers: PreparedOffer;
  /** Made ahead for desk phones that are about to be rung, by extension. */
  readonly #rtpOffers = new Map<string, RtpOffers>();
  readonly #qualities = new Map<string, MediaEvents['quality']>();
  readonly #resolveEnded: (end: CallEnd) => void;
  readonly #digits: DigitMerge;
  /** Phones in this call, or about to be. */
  readonly #parties = new Set<SipPartyLeg>();
  /** By extension. */
  readonly #kept = new Map<string, CallLeg>();
  /** The customer's; another one since the customer gave the call away at their side. */
  #leg: IncomingLeg;
  /** Another leg is about to take the customer's place; resolves with whether it did. */
  #replacing: Promise<boolean> | undefined;
  readonly #resolveAcknowledged: () => void;
  #opening: Promise<{ readonly legId: string; readonly sdp: string }> | undefined;
  #end: CallEnd | undefined;
  #answering: Promise<boolean> | undefined;
  #isAnswered = false;
  #mediaLegId: string | undefined;
  #joined: SipPartyLeg | undefined;
  #awaitingFirstAudio = new Set<'toAgent' | 'toCaller'>();

  constructor(parts: VoiceCallParts) {
    const { leg, session, clock, log } = parts;
    this.#parts = parts;
    this.#leg = leg;
    this.callId = parts.callId;
    const read = (number: string) => parts.readNumber?.(leg.trunk, number) ?? number;
    this.caller = { number: leg.caller.user === null ? null : read(leg.caller.user), presentedName: leg.caller.displayName };
    this.dialled = read(leg.dialled);
    this.peer = leg.peer;
    this.receivedAtMonotonic = leg.receivedAt;
    this.receivedAt = Math.round(clock.now() - (clock.monotonic() - leg.receivedAt));
    ({ promise: this.ended, resolve: this.#resolveEnded } = Promise.withResolvers<CallEnd>());
    ({ promise: this.acknowledged, resolve: this.#resolveAcknowledged } = Promise.withResolvers<void>());
    // Whom we call acknowledges nothing.
    if (isOutbound(leg)) this.#resolveAcknowledged();

    const reportBug = (error: unknown) => {
      log.error('call:failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      this.hangUp('fault', 'system', 'ours');
    };
    this.#scope = new Scope(`call/${this.callId}`, clock, reportBug);
    this.#events = new Emitter(reportBug);
    this.#offers = new PreparedOffer(session, clock, log);
    this.#digits = new DigitMerge(clock, (digit) => this.#events.emit('digit', { digit, at: clock.now() }));

    this.#scope.add(() => session.end());
    this.#scope.add(session.on('played', (event) => this.#heard(event)));
    this.#scope.add(
      session.on('digit', (event) => event.legId === this.#mediaLegId && this.#digits.accept('rtp', event.digit, event.durationMs)),
    );
    this.#scope.add(session.on('firstAudio', (event) => this.#onFirstAudioPacket(event)));
    this.#scope.add(session.on('quality', (event) => this.#onLegQuality(event)));
    this.#scope.add(session.on('lost', (event) => event.legId === this.#mediaLegId && this.#endWith(callEndOfLoss(event.why))));
    this.#scope.add(
      session.onMoving(() => {
        this.#offers.renew();
        this.#rtpOffers.clear();
      }),
    );
    this.#scope.add(session.on('closed', (event) => event.why === 'workerDied' && this.hangUp('fault', 'system', 'ours')));
    this.#listenTo(leg);
  }

  #listenTo(leg: IncomingLeg): void {
    const { session, log } = this.#parts;
    leg.onInfo((contentType, body) => {
      const pressed = digitOfInfo(contentType, body);
      if (pressed && !this.#end) this.#digits.accept('info', pressed.digit);
    });
    leg.onOffer(async (sdp) => (this.#mediaLegId ? answerToOffer(session, this.#mediaLegId, sdp, log) : { status: 488 }));
    void leg.ended.then(async (end) => {
      if (this.#leg !== leg) return;
      // Who hands a call on may hang up before whoever has it then is quite there.
      if (this.#replacing && (await this.#replacing)) return;
      this.#finish(callEndOf(end));
    });
  }

  /**
   * An INVITE with Replaces (RFC 3891): false when it names no leg of this call. The customer's place, and that of a number outside, is taken
   * by what comes over the same trunk; an agent's by another phone of the same agent.
   */
  takesOver(newcomer: IncomingLeg): boolean {
    const tag = newcomer.replaces?.localTag ?? '';
    if (this.#end || tag === '') return false;
    const party = [...this.#parties].find((each) => each.sipTag === tag);
    if (party) party.replaceBy(newcomer);
    else if (tag === this.#leg.localTag) this.#replaceCustomer(newcomer);
    else return false;
    return true;
  }

  #replaceCustomer(newcomer: IncomingLeg): void {
    const { session, srtpRules, clock, log } = this.#parts;
    const mediaLegId = this.#isAnswered ? this.#mediaLegId : undefined;
    // A code that somebody dials on a phone of ours is no call that could be given away.
    if (newcomer.phone !== null || this.#leg.phone !== null || mediaLegId === undefined) return newcomer.refuse(403);
    if (this.#replacing) return newcomer.refuse(491);
    this.#replacing = takePlace(newcomer, { session, mediaLegId, waitsWithMusic: true, srtpRules, clock, log }).then((taken) => {
      this.#replacing = undefined;
      if (!taken) return false;
      const before = this.#leg;
      this.#leg = newcomer;
      this.#listenTo(newcomer);
      before.hangUp(reasonOfRelease.answeredElsewhere);
      log.info('call:customerReplaced', { by: newcomer.callId });
      return true;
    });
  }

  get trunkId(): TrunkId {
    return asId<TrunkId>(this.#parts.leg.trunk);
  }

  get signal(): AbortSignal {
    return this.#scope.signal;
  }

  ring(): void {
    if (!this.#end && !this.#answering) this.#leg.progress(180);
  }

  prepare(): void {
    // Calls that come in alone: what we offer ourselves is not asked for before it is sent.
    if (this.#end || this.#opening || this.#leg.offer === null) return;
    // Whether it went well is the answer's business.
    this.#open().catch(() => {});
  }

  answer(): Promise<boolean> {
    if (this.#end) return Promise.resolve(false);
    this.#answering ??= this.#answer();
    return this.#answering;
  }

  refuse(status: RefusalStatus, why: { readonly reason: EndReason; readonly fault: Fault; readonly text?: string }): void {
    if (this.#end || this.#answering) return;
    const { text, ...end } = why;
    this.#refuse(status, { by: 'system', ...end }, text);
  }

  async play(sound: Sound, signal?: AbortSignal): Promise<PlayOutcome> {
    if (this.#end) return 'callEnded';
    if (!this.#mediaLegId) return 'stopped'; // no early media: before the answer there is nothing to play into
    return this.#playerOf(this.#mediaLegId).play(this.#mediaLegId, sound, signal);
  }

  onDigit(listener: (pressed: DigitPressed) => void): Disposable {
    return this.#events.on('digit', listener);
  }

  sendDigit(digit: string): void {
    if (!this.#end && this.#mediaLegId) this.#parts.session.sendDigit(this.#mediaLegId, digit);
  }

  connect(one: Talker, other: Talker, how: 'both' | 'oneHearsOther'): void {
    const oneLeg = this.#mediaOf(one);
    const otherLeg = this.#mediaOf(other, how === 'oneHearsOther');
    if (oneLeg === null || otherLeg === null) return;
    const { session } = this.#parts;
    this.#players.get(oneLeg)?.joined();
    if (how === 'both') {
      this.#players.get(otherLeg)?.joined();
      session.join(oneLeg, otherLeg);
    } else {
      session.hear(otherLeg, oneLeg, false);
      session.hear(oneLeg, otherLeg, true);
    }
    const agent = how === 'oneHearsOther' ? null : one === 'customer' ? other : other === 'customer' ? one : null;
    if (!(agent instanceof SipPartyLeg)) return;
    this.#joined = agent;
    this.#awaitingFirstAudio = new Set(['toAgent', 'toCaller']);
  }

  disconnect(one: Talker, other: Talker): void {
    const oneLeg = this.#mediaOf(one, true);
    const otherLeg = this.#mediaOf(other, true);
    if (oneLeg === null || otherLeg === null) return;
    if (isOf('customer', one, other) && isOf(this.#joined, one, other)) this.#joined = undefined;
    this.#parts.session.part(oneLeg, otherLeg);
  }

  join(leg: CallParty): void {
    this.connect('customer', leg, 'both');
  }

  part(leg: CallParty): void {
    this.disconnect('customer', leg);
  }

  async playTo(party: CallParty, sound: Sound, signal?: AbortSignal): Promise<PlayOutcome> {
    if (this.#end) return 'callEnded';
    const mediaLegId = this.#mediaOf(party);
    return mediaLegId === null ? 'stopped' : this.#playerOf(mediaLegId).play(mediaLegId, sound, signal);
  }

  dial(outside: OutsideNumber): OutsideLeg {
    const { partyId } = outside;
    const { sip, srtpRules } = this.#parts;
    const srtp = offerFor((outside.routes ?? []).map(({ trunkId }) => srtpRules.trunk(trunkId).offers));
    return this.#outside(
      partyId,
      srtp,
      (parts) => new SipOutsideLeg(outside, carriedFrom(this.#parts.leg, outside.referredBy ?? null), sip, parts),
    );
  }

  bringIn(other: VoiceCall, partyId: string): OutsideLeg {
    if (!(other instanceof SipVoiceCall)) throw new TypeError('only calls of the voice channel can be brought together');
    const number = other.caller.number ?? '';
    const srtp = agreedWith(other.#leg);
    const party = this.#outside(partyId, srtp, (parts) => new SipBroughtLeg({ partyId, number, leg: other.#leg }, parts));
    void party.outcome.then((outcome) => other.#left(outcome.kind === 'answered'));
    return party;
  }

  /** The customer was to go over into another call. */
  #left(hasGone: boolean): void {
    if (hasGone) this.#finish({ by: 'agent', reason: 'transferred', fault: 'agent' });
    else if (!this.#end) this.#listenTo(this.#leg);
  }

  #outside<Leg extends SipPartyLeg>(partyId: string, srtp: SrtpUse, make: (parts: PartyParts) => Leg): Leg {
    const { session, clock, log, callOf, srtpRules } = this.#parts;
    const scope = this.#scope.child(`outside/${partyId}`);
    const leg = make({
      session,
      srtpRules,
      clock,
      connectLimitMs: null,
      offers: new RtpOffers(session, clock, log, srtp),
      log: log.child({ partyId }),
      otherCallOf: callOf,
      scope,
    });
    this.#keep(leg, scope);
    return leg;
  }

  /** Whether that leg is a phone of that extension in this call. */
  hasPhone(sipTag: string, extension: string): boolean {
    return !this.#end && [...this.#parties].some((party) => party.isLeg(sipTag, extension));
  }

  hangUp(reason: EndReason, by: EndedBy, fault: Fault): void {
    this.#endWith({ by, reason, fault });
  }

  onFirstAudio(listener: (direction: 'toAgent' | 'toCaller', afterAnswerMs: number) => void): Disposable {
    return this.#events.on('firstAudio', (event) => listener(event.direction, event.afterAnswerMs));
  }

  get unreached(): Unreached | null {
    const { leg } = this.#parts;
    return isOutbound(leg) && leg.unanswered ? unreachedOf(leg.unanswered) : null;
  }

  onProgress(listener: (progress: 'ringing' | 'earlyMedia') => void): Disposable {
    return this.#events.on('progress', listener);
  }

  onQuality(listener: (quality: VoiceQuality) => void): Disposable {
    return this.#events.on('quality', listener);
  }

  record(recordingId: string, isPaused = false): CallRecording {
    const { session, clock, log, recordingsFolder } = this.#parts;
    const legId = this.#end ? null : (this.#mediaLegId ?? null);
    return new SipCallRecording(recordingId, { folder: recordingsFolder, legId, isPaused }, { session, clock, log, scope: this.#scope });
  }

  maskDigits(isMasked: boolean): void {
    if (!this.#end && this.#mediaLegId) this.#parts.session.maskDigits(this.#mediaLegId, isMasked);
  }

  onMediaMoved(listener: (tookMs: number) => void): Disposable {
    return this.#parts.session.onMoved(listener);
  }

  /** For a bridge after a crash; null while there is nothing to go on with. */
  describe(): StoredLegs | null {
    const customer = this.#end || !this.#isAnswered ? null : this.#leg.snapshot();
    if (!customer) return null;
    const parties = [...this.#parties].flatMap((party) => party.snapshot() ?? []);
    return {
      version: 1,
      callId: this.callId,
      receivedAt: this.receivedAt,
      known: { ...this.caller, trunkId: this.trunkId, dialled: this.dialled, peer: this.peer },
      customer: storable(customer),
      parties: parties.map(storable),
    };
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

  /** Rings an agent's phone with a leg that can join this call. The INVITE has left when this returns, if an offer was ready. */
  ringAgent(request: RingRequest): AgentLeg {
    const { sip, session, clock, log, connectLimitMs, callOf, srtpRules } = this.#parts;
    const transport = sip.transportOf(request.extension);
    const kept = this.#kept.get(request.extension);
    this.#kept.delete(request.extension);
    const ahead = kept ? undefined : this.#rtpOffers.get(request.extension);
    this.#rtpOffers.delete(request.extension);
    const srtp = kept ? agreedWith(kept) : srtpRules.phone(request.extension, transport === 'TLS').offers;
    const scope = this.#scope.child(`agent/${request.reservationId}`);
    const leg = new SipAgentLeg(
      { ...request, answersItself: isDeskPhone(transport) && this.#parts.answersItself(request.extension) },
      carriedFrom(this.#parts.leg, null),
      kept ? { invite: ({ offer }) => goOnWith(kept, offer, clock) } : sip,
      {
        session,
        srtpRules,
        clock,
        connectLimitMs,
        offers: kept || isDeskPhone(transport) ? (ahead ?? new RtpOffers(session, clock, log, srtp)) : this.#offers,
        log: log.child({ reservationId: request.reservationId }),
        otherCallOf: (sipTag, extension) => {
          const other = callOf(sipTag, extension);
          return other === this ? null : other;
        },
        scope,
      },
    );
    this.#keep(leg, scope);
    return leg;
  }

  #keep(leg: SipPartyLeg, scope: Scope): void {
    this.#parties.add(leg);
    scope.add(() => void this.#parties.delete(leg));
  }

  /** Before it is rung, so that the offer for it is made beside what has to be done first. */
  prepareAgent(extension: string): void {
    // A leg that a bridge before this one left has its own terms.
    if (this.#end || this.#kept.has(extension)) return;
    const { sip, session, clock, log, srtpRules } = this.#parts;
    const transport = sip.transportOf(extension);
    if (!isDeskPhone(transport)) return this.#offers.prepare();
    const offers = new RtpOffers(session, clock, log, srtpRules.phone(extension, transport === 'TLS').offers);
    this.#rtpOffers.set(extension, offers);
    offers.prepare();
  }

  #open(): Promise<{ readonly legId: string; readonly sdp: string }> {
    const { leg, session, srtp } = this.#parts;
    this.#opening ??= leg.offer === null ? session.offerRtpLeg(srtp) : session.answerRtpLeg(leg.offer, srtp);
    return this.#opening;
  }

  async #answer(): Promise<boolean> {
    const { leg, session, clock, log } = this.#parts;
    try {
      const media = await withTimeLimit(clock, mediaLimitMs, "opening the caller's media", this.#open());
      if (this.#end) return false;
      this.#mediaLegId = media.legId;
      this.#isAnswered = true;
      // Prepared while the ACK travels, so that an agent can be rung without waiting. No agent is rung for a code dialled by one.
      if (leg.phone === null && this.#parts.keepsOfferReady()) this.#offers.prepare();
      if (isOutbound(leg)) leg.onProgress((sdp) => this.#progressed(media.legId, sdp));
      const acking = leg.answer(media.sdp);
      if (leg.offer !== null) {
        // With their offer in the INVITE, sound may go both ways from our 200 on (RFC 3264 §6).
        void acking.then(({ acked }) => acked && this.#reached(media.legId));
        return true;
      }
      const acked = await acking;
      // Without an ACK the leg's own ending, on its way, says why.
      if (!acked.acked || this.#end) return false;
      if (acked.sdp === null) throw new MediaError('badSdp', 'the ACK to a late offer carried no answer');
      await withTimeLimit(clock, mediaLimitMs, "accepting the caller's late answer", session.acceptAnswer(media.legId, acked.sdp));
      this.#reached(media.legId);
      return !this.#end;
    } catch (error) {
      log.warn('call:mediaRefused', { error: String(error) });
      this.#refuseForMedia(error);
      return false;
    }
  }

  #reached(mediaLegId: string): void {
    if (this.#end) return;
    this.#parts.session.reach(mediaLegId, farSideOf(this.#leg, this.#parts.clock, true));
    this.#resolveAcknowledged();
  }

  /** A description before the answer is how the network lets us hear the phone, or why there is none. */
  async #progressed(mediaLegId: string, sdp: string | null): Promise<void> {
    const { session, log } = this.#parts;
    if (sdp === null) return this.#events.emit('progress', 'ringing');
    try {
      await session.acceptAnswer(mediaLegId, sdp);
      if (!this.#end) this.#events.emit('progress', 'earlyMedia');
    } catch (error) {
      log.info('call:earlyMediaRefused', { error: String(error) });
    }
  }

  #refuseForMedia(error: unknown): void {
    const isTheirs = error instanceof MediaError && (error.code === 'notAcceptable' || error.code === 'badSdp');
    const end: CallEnd = isTheirs
      ? { by: 'system', reason: 'rejected', fault: 'upstream' }
      : { by: 'system', reason: 'overload', fault: 'ours' };
    if (this.#isAnswered) this.#endWith(end);
    else this.#refuse(isTheirs ? 488 : 503, end);
  }

  #refuse(status: number, end: CallEnd, text?: string): void {
    if (this.#end) return;
    if (status === 503) this.#leg.refuse(503, text, { 'Retry-After': '10' });
    else this.#leg.refuse(status, text);
    this.#finish(end);
  }

  #endWith(end: CallEnd): void {
    if (this.#end) return;
    if (!this.#isAnswered) return this.#refuse(refusalOf(end.reason), end);
    this.#leg.hangUp(reasonOfEnd(end.reason));
    this.#finish(end);
  }

  /** The one way out. The first ending wins; whatever is reported afterwards is the echo of it. */
  #finish(end: CallEnd): void {
    if (this.#end) return;
    this.#end = end;
    for (const player of this.#players.values()) player.close();
    this.#offers.close();
    this.#joined = undefined;
    this.#resolveEnded(end);
    this.#resolveAcknowledged();
    void this.#scope.end(end.reason);
  }

  #onFirstAudioPacket(event: MediaEvents['firstAudio']): void {
    const direction = event.toLegId === this.#mediaLegId ? 'toCaller' : 'toAgent';
    if (!this.#joined || (direction === 'toAgent' && event.toLegId !== this.#joined.mediaLegId)) return;
    if (!this.#awaitingFirstAudio.delete(direction)) return;
    this.#events.emit('firstAudio', { direction, afterAnswerMs: Math.max(0, event.at - this.#joined.answeredAt) });
  }

  /** A call is as good as the worse of its two legs. */
  #onLegQuality(quality: MediaEvents['quality']): void {
    this.#qualities.set(quality.legId, quality);
    const of = (legId: string | undefined) => (legId === undefined ? null : (this.#qualities.get(legId) ?? null));
    const together = callQuality(of(this.#mediaLegId), of(this.#joined?.mediaLegId));
    if (together) this.#events.emit('quality', together);
  }

  #heard(event: MediaEvents['played']): void {
    for (const player of this.#players.values()) player.heard(event);
  }

  #playerOf(mediaLegId: string): SoundPlayer {
    const known = this.#players.get(mediaLegId);
    if (known) return known;
    const player = new SoundPlayer(this.#parts.session, this.#parts.sounds);
    this.#players.set(mediaLegId, player);
    return player;
  }

  /**
   * The leg of somebody who can be connected now, or `isToBeHeard` and no more: a phone outside before its answer. Legs of other calls live in other media sessions and cannot be: that is a bug in the flow,
   * told in the log.
   */
  #mediaOf(talker: Talker, isToBeHeard = false): string | null {
    if (this.#end) return null;
    if (talker === 'customer') return this.#mediaLegId ?? null;
    if (talker instanceof SipPartyLeg && talker.belongsTo(this.#parts.session))
      return talker.isAnswered || (isToBeHeard && talker.isHeard) ? (talker.mediaLegId ?? null) : null;
    this.#parts.log.error('call:foreignLeg', { partyId: talker.partyId });
    return null;
  }
}

function isOf(talker: Talker | undefined, one: Talker, other: Talker): boolean {
  return talker === one || talker === other;
}

/** A leg that goes to other media is not heard in clear there if it was not here. */
const agreedWith = (leg: CallLeg): SrtpUse => (isProtected(leg.snapshot()?.localSdp ?? '') ? 'required' : 'never');

/** Keys die with the worker: a bridge that goes on with a call makes new ones, and needs to know only that there were some. */
function storable(snapshot: LegSnapshot): LegSnapshot {
  const { localSdp, remoteSdp } = snapshot;
  return { ...snapshot, localSdp: localSdp && withoutKeys(localSdp), remoteSdp: remoteSdp && withoutKeys(remoteSdp) };
}
