import type { CallEnd } from '../../../shared/contracts/call.ts';
import type { DigitPressed, RefusalStatus } from '../../interactions/index.ts';
import type { Clock, Disposable, Log, Scope } from '../../kernel/index.ts';
import { Emitter, withTimeLimit } from '../../kernel/index.ts';
import { MediaError, type SrtpUse } from '../../media/index.ts';
import type { IncomingLeg, LegSnapshot } from '../../sip/index.ts';
import { DigitMerge, digitOfInfo } from './digits.ts';
import { callEndOf, callEndOfLoss, reasonOfEnd, reasonOfRelease, refusalOf } from './endings.ts';
import { isOutbound } from './outbound-leg.ts';
import { farSideOf, type LastingSession } from './re-establish/index.ts';
import { answerToOffer } from './renegotiate.ts';
import type { SrtpRules } from './srtp-terms.ts';
import { takePlace } from './taking-over.ts';
import { codecsOf } from './trunk-codecs.ts';

export interface CustomerLegParts {
  /** As it came, or as it is about to be dialled. */
  readonly leg: IncomingLeg;
  readonly session: LastingSession;
  /** How the customer's packets are protected. */
  readonly srtp: SrtpUse;
  readonly srtpRules: SrtpRules;
  readonly clock: Clock;
  readonly log: Log;
  /** After the 200 of a browser: how long ICE and DTLS may take. */
  readonly connectLimitMs: number;
}

export interface CustomerLegListener {
  /** Its media is open and its 200, or its INVITE, leaves in this tick. */
  opened(): void;
  /** Their doing or ours; told once the leg has been told good-bye. */
  ended(end: CallEnd): void;
  failed(error: unknown): void;
}

interface CustomerEvents {
  digit: DigitPressed;
  progress: 'ringing' | 'earlyMedia';
}

const mediaLimitMs = 3_000;

/**
 * The customer's side of a call: its SIP leg, and the leg of the media session that goes with it. The SIP leg is another one since the customer
 * gave the call away at their side; the media leg's id stays.
 *
 *   arrived --answer--> media open, 200 (or INVITE) sent --ACK--> acknowledged        refused before the answer, hung up on after it
 *
 * After the end of the call's scope it does nothing any more.
 */
export class CustomerLeg {
  readonly acknowledged: Promise<void>;
  readonly #parts: CustomerLegParts;
  readonly #scope: Scope;
  readonly #listener: CustomerLegListener;
  readonly #events: Emitter<CustomerEvents>;
  readonly #digits: DigitMerge;
  readonly #resolveAcknowledged: () => void;
  #leg: IncomingLeg;
  /** Another leg is about to take its place; resolves with whether it did. */
  #replacing: Promise<boolean> | undefined;
  #opening: Promise<{ readonly legId: string; readonly sdp: string }> | undefined;
  #answering: Promise<boolean> | undefined;
  #isAnswered = false;
  #mediaLegId: string | undefined;

  constructor(parts: CustomerLegParts, scope: Scope, listener: CustomerLegListener) {
    const { leg, session, clock } = parts;
    this.#parts = parts;
    this.#scope = scope;
    this.#listener = listener;
    this.#leg = leg;
    this.#events = new Emitter(listener.failed);
    this.#digits = new DigitMerge(clock, (digit) => this.#events.emit('digit', { digit, at: clock.now() }));
    ({ promise: this.acknowledged, resolve: this.#resolveAcknowledged } = Promise.withResolvers<void>());
    // Whom we call acknowledges nothing.
    if (isOutbound(leg)) this.#resolveAcknowledged();
    scope.add(
      session.on('digit', (event) => event.legId === this.#mediaLegId && this.#digits.accept('rtp', event.digit, event.durationMs)),
    );
    scope.add(session.on('lost', (event) => event.legId === this.#mediaLegId && this.hangUp(callEndOfLoss(event.why))));
    this.listen();
  }

  /** The one that is the customer's now. */
  get sip(): IncomingLeg {
    return this.#leg;
  }

  /** From the answer on. */
  get mediaLegId(): string | undefined {
    return this.#mediaLegId;
  }

  onDigit(listener: (pressed: DigitPressed) => void): Disposable {
    return this.#events.on('digit', listener);
  }

  onProgress(listener: (progress: 'ringing' | 'earlyMedia') => void): Disposable {
    return this.#events.on('progress', listener);
  }

  /** For a bridge after a crash; null while there is nothing to go on with. */
  snapshot(): LegSnapshot | null {
    return this.#isAnswered ? this.#leg.snapshot() : null;
  }

  ring(): void {
    if (!this.#scope.isEnded && !this.#answering) this.#leg.progress(180);
  }

  prepare(): void {
    // Calls that come in alone: what we offer ourselves is not asked for before it is sent.
    if (this.#scope.isEnded || this.#opening || this.#leg.offer === null) return;
    // Whether it went well is the answer's business.
    this.#open().catch(() => {});
  }

  answer(): Promise<boolean> {
    if (this.#scope.isEnded) return Promise.resolve(false);
    this.#answering ??= this.#answer();
    return this.#answering;
  }

  /** Too late once it is being answered. */
  refuse(status: RefusalStatus, end: CallEnd, text?: string): void {
    if (!this.#answering) this.#refuse(status, end, text);
  }

  hangUp(end: CallEnd): void {
    if (this.#scope.isEnded) return;
    if (!this.#isAnswered) return this.#refuse(refusalOf(end.reason), end);
    this.#leg.hangUp(reasonOfEnd(end.reason));
    this.#listener.ended(end);
  }

  /** An INVITE with Replaces that names this leg (RFC 3891). */
  replaceBy(newcomer: IncomingLeg): void {
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
      this.listen();
      before.hangUp(reasonOfRelease.answeredElsewhere);
      log.info('call:customerReplaced', { by: newcomer.callId });
      return true;
    });
  }

  /** Takes what the leg says; again when another call that was to have it did not get it. */
  listen(): void {
    const { session, log } = this.#parts;
    const leg = this.#leg;
    leg.onInfo((contentType, body) => {
      const pressed = digitOfInfo(contentType, body);
      if (pressed && !this.#scope.isEnded) this.#digits.accept('info', pressed.digit);
    });
    leg.onOffer(async (sdp) => (this.#mediaLegId ? answerToOffer(session, this.#mediaLegId, sdp, log) : { status: 488 }));
    void leg.ended.then(async (end) => {
      if (this.#leg !== leg) return;
      // Who hands a call on may hang up before whoever has it then is quite there.
      if (this.#replacing && (await this.#replacing)) return;
      this.#listener.ended(callEndOf(end));
    });
  }

  /** Nobody waits any longer for its ACK. */
  close(): void {
    this.#resolveAcknowledged();
  }

  #open(): Promise<{ readonly legId: string; readonly sdp: string }> {
    const { leg, session, srtp } = this.#parts;
    if (isBrowsers(leg)) this.#opening ??= session.offerWebRtcLeg();
    this.#opening ??=
      leg.offer === null ? session.offerRtpLeg(srtp, null, codecsOf(leg)) : session.answerRtpLeg(leg.offer, srtp, codecsOf(leg));
    return this.#opening;
  }

  async #answer(): Promise<boolean> {
    const { leg, session, clock, log } = this.#parts;
    try {
      const media = await withTimeLimit(clock, mediaLimitMs, "opening the caller's media", this.#open());
      if (this.#scope.isEnded) return false;
      this.#mediaLegId = media.legId;
      this.#isAnswered = true;
      this.#listener.opened();
      // A browser's answer is taken with its 200.
      if (isOutbound(leg) && !leg.isBrowsers) leg.onProgress((sdp) => this.#progressed(media.legId, sdp));
      const acking = leg.answer(media.sdp);
      if (leg.offer !== null) {
        // With their offer in the INVITE, sound may go both ways from our 200 on (RFC 3264 §6).
        void acking.then(({ acked }) => acked && this.#reached(media.legId));
        return true;
      }
      const acked = await acking;
      // Without an ACK the leg's own ending, on its way, says why.
      if (!acked.acked || this.#scope.isEnded) return false;
      if (acked.sdp === null) throw new MediaError('badSdp', 'the ACK to a late offer carried no answer');
      const connected = isBrowsers(leg) ? this.#connected(media.legId) : null;
      await withTimeLimit(clock, mediaLimitMs, "accepting the caller's late answer", session.acceptAnswer(media.legId, acked.sdp));
      // What is said before the path is there is heard by nobody.
      if (connected) await withTimeLimit(clock, this.#parts.connectLimitMs, "connecting the caller's browser", connected);
      this.#reached(media.legId);
      return !this.#scope.isEnded;
    } catch (error) {
      log.warn('call:mediaRefused', { error: String(error) });
      this.#refuseForMedia(error);
      return false;
    }
  }

  #connected(mediaLegId: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#scope.add(this.#parts.session.on('connected', ({ legId }) => legId === mediaLegId && resolve()));
    return promise;
  }

  #reached(mediaLegId: string): void {
    if (this.#scope.isEnded) return;
    this.#parts.session.reach(mediaLegId, farSideOf(this.#leg, this.#parts.clock, true));
    this.#resolveAcknowledged();
  }

  /** A description before the answer is how the network lets us hear the phone, or why there is none. */
  async #progressed(mediaLegId: string, sdp: string | null): Promise<void> {
    const { session, log } = this.#parts;
    if (sdp === null) return this.#events.emit('progress', 'ringing');
    try {
      await session.acceptAnswer(mediaLegId, sdp);
      if (!this.#scope.isEnded) this.#events.emit('progress', 'earlyMedia');
    } catch (error) {
      log.info('call:earlyMediaRefused', { error: String(error) });
    }
  }

  #refuseForMedia(error: unknown): void {
    const isTheirs = error instanceof MediaError && (error.code === 'notAcceptable' || error.code === 'badSdp');
    const end: CallEnd = isTheirs
      ? { by: 'system', reason: 'rejected', fault: 'upstream' }
      : { by: 'system', reason: 'overload', fault: 'ours' };
    if (this.#isAnswered) this.hangUp(end);
    else this.#refuse(isTheirs ? 488 : 503, end);
  }

  #refuse(status: number, end: CallEnd, text?: string): void {
    if (this.#scope.isEnded) return;
    if (status === 503) this.#leg.refuse(503, text, { 'Retry-After': '10' });
    else this.#leg.refuse(status, text);
    this.#listener.ended(end);
  }
}

const isBrowsers = (leg: IncomingLeg): boolean => isOutbound(leg) && leg.isBrowsers;
