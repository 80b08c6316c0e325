import type { Clock, Log } from '../../kernel/index.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import type { SrtpUse } from '../../media/index.ts';
import type { CallMedia } from './re-establish/index.ts';

export interface LegOffer {
  readonly legId: string;
  readonly sdp: string;
}

/** Where an agent's leg gets its offer from. */
export interface OfferSource {
  /** The phone's first answer may come while it rings, in a 183, and counts (RFC 3261 §13.2.1). */
  readonly takesEarlyAnswers: boolean;
  /** An offer at once, or a promise of one; null in it when media cannot make any. Whoever takes it owns the leg. */
  take(): LegOffer | Promise<LegOffer | null>;
  /** It was never sent. */
  giveBack(offer: LegOffer): void;
  /** The one that was taken is used up. */
  replenish(): void;
}

const offerLimitMs = 3_000;

async function makeOffer(making: () => Promise<LegOffer>, clock: Clock, onFailure: (error: unknown) => void): Promise<LegOffer | null> {
  try {
    return await withTimeLimit(clock, offerLimitMs, 'making the offer of an agent leg', making());
  } catch (error) {
    onFailure(error);
    return null;
  }
}

/**
 * One WebRTC offer kept ready per call, so that the INVITE to an agent leaves in the tick that offers the call. Making one costs a
 * worker about 15 ms (keys, certificate), which the caller spends in the menu or the queue instead of the agent before ringing.
 *
 *   none --prepare--> pending --made--> ready --take--> none
 */
export class PreparedOffer implements OfferSource {
  /** A browser's phone has its sound up before it is answered. */
  readonly takesEarlyAnswers = true;
  readonly #session: CallMedia;
  readonly #clock: Clock;
  readonly #log: Log;
  #pending: Promise<LegOffer | null> | undefined;
  #ready: LegOffer | undefined;
  #isClosed = false;

  constructor(session: CallMedia, clock: Clock, log: Log) {
    this.#session = session;
    this.#clock = clock;
    this.#log = log;
  }

  /** Starts making one in the background unless one is there or on its way. */
  prepare(): void {
    if (this.#isClosed || this.#ready || this.#pending) return;
    const pending = this.#make();
    this.#pending = pending;
    void pending.then((offer) => {
      if (this.#pending !== pending) return;
      this.#pending = undefined;
      this.#ready = offer ?? undefined;
    });
  }

  take(): LegOffer | Promise<LegOffer | null> {
    const ready = this.#ready;
    this.#ready = undefined;
    if (ready) return ready;
    const pending = this.#pending ?? this.#make();
    this.#pending = undefined;
    return pending;
  }

  /** An offer that was never sent can be used again. */
  giveBack(offer: LegOffer): void {
    if (this.#isClosed || this.#ready || this.#pending) this.#session.closeLeg(offer.legId);
    else this.#ready = offer;
  }

  /** What carried it is gone: an offer that was ready, or on its way, is made anew. */
  renew(): void {
    const offer = this.#ready;
    this.#ready = undefined;
    if (!offer) return;
    this.#session.closeLeg(offer.legId);
    this.prepare();
  }

  replenish(): void {
    this.prepare();
  }

  /** The session is ending and takes its legs with it. */
  close(): void {
    this.#isClosed = true;
    this.#ready = undefined;
  }

  #make(): Promise<LegOffer | null> {
    return makeOffer(
      () => this.#session.offerWebRtcLeg(),
      this.#clock,
      (error) => {
        if (!this.#isClosed) this.#log.warn('agentLeg:offerFailed', { error: String(error) });
      },
    );
  }
}

/** Offers for desk phones and trunks: RTP without ICE and DTLS, which costs two sockets and a millisecond, and is therefore made when it is wanted. */
export class RtpOffers implements OfferSource {
  /** Without reliable provisional answers (RFC 3262) the one that counts is in the 200. */
  readonly takesEarlyAnswers = false;
  readonly #session: CallMedia;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #srtp: SrtpUse;
  readonly #codecs: 'g711' | 'withOpus';
  #ahead: Promise<LegOffer | null> | undefined;

  constructor(session: CallMedia, clock: Clock, log: Log, srtp: SrtpUse, codecs: 'g711' | 'withOpus') {
    this.#codecs = codecs;
    this.#session = session;
    this.#clock = clock;
    this.#log = log;
    this.#srtp = srtp;
  }

  /** Starts making one, for a phone that is rung as soon as what has to be done first is done. */
  prepare(): void {
    this.#ahead ??= this.#make();
  }

  take(): Promise<LegOffer | null> {
    const made = this.#ahead ?? this.#make();
    this.#ahead = undefined;
    return made;
  }

  giveBack(offer: LegOffer): void {
    this.#session.closeLeg(offer.legId);
  }

  replenish(): void {}

  #make(): Promise<LegOffer | null> {
    return makeOffer(
      () => this.#session.offerRtpLeg(this.#srtp, null, this.#codecs),
      this.#clock,
      (error) => this.#log.warn('agentLeg:offerFailed', { error: String(error) }),
    );
  }
}
