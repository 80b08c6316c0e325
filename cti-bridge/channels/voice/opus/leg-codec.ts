import type { Codecs } from '../../../media/index.ts';

/**
 * Offers these codecs on the leg, in a re-INVITE, and accepts the answer. Resolves with whether both sides agreed on Opus now; null when the far
 * side did not take the offer, and nothing changed. `isUrgent`: a far side that is busy is asked again for some seconds.
 */
export type Reoffer = (codecs: Codecs, isUrgent: boolean) => Promise<boolean | null>;

/** A far side that goes on with Opus after this many requests for G.711 alone will not be taught. */
const insistAtMost = 2;

/**
 * In which codec the far side of one leg talks.
 *
 *   narrow --agree--> narrow, Opus agreed on beside G.711 --widen--> wide --narrow--> narrow, G.711 alone
 *
 * Requests go one after another.
 */
export class LegCodec {
  readonly #reoffer: Reoffer;
  /** The far side has said so. */
  canOpus: boolean;
  #isAgreed: boolean;
  #isWide = false;
  #isWidening = false;
  #insisted = 0;
  #last: Promise<unknown> = Promise.resolve();
  #narrowing: Promise<boolean> | undefined;

  constructor(reoffer: Reoffer, canOpus: boolean) {
    this.#reoffer = reoffer;
    this.canOpus = canOpus;
    this.#isAgreed = canOpus;
  }

  /** The far side was asked to send Opus, and agreed. */
  get isWide(): boolean {
    return this.#isWide;
  }

  /** It sends G.711, and is not being asked for anything else. */
  get isNarrow(): boolean {
    return !this.#isWide && !this.#isWidening;
  }

  /** An exchange that was not ours: an answer of theirs, or an offer that we answered with G.711 first. */
  agreed(onOpus: boolean): void {
    this.canOpus = onOpus;
    this.#isAgreed = onOpus;
    this.#isWide = false;
  }

  /** To be ready for Opus of the other side, talking in G.711 still. */
  agree(): Promise<boolean> {
    return this.#after(async () => {
      if (!this.#isAgreed) await this.#exchange('withOpus', false);
      return this.#isAgreed;
    });
  }

  widen(): Promise<boolean> {
    return this.#after(async () => {
      this.#isWidening = true;
      try {
        return this.#isWide || (await this.#exchange('opusFirst', false));
      } finally {
        this.#isWidening = false;
      }
    });
  }

  /** False when the far side does not come back to G.711. */
  narrow(): Promise<boolean> {
    if (this.isNarrow) return Promise.resolve(true);
    this.#narrowing ??= this.#after(async () => {
      this.#narrowing = undefined;
      return this.#isWide ? this.#exchange('g711', true) : true;
    });
    return this.#narrowing;
  }

  /** It sends Opus where nobody asked for it: G.711 alone is offered. False when that was done often enough. */
  async insist(): Promise<boolean> {
    if (!this.isNarrow) return this.narrow();
    if (this.#insisted >= insistAtMost) return false;
    this.#insisted++;
    return this.#after(() => this.#exchange('g711', true));
  }

  /** True when what was asked for came to be. */
  async #exchange(codecs: Codecs, isUrgent: boolean): Promise<boolean> {
    const isAgreed = await this.#reoffer(codecs, isUrgent);
    if (isAgreed === null) return false;
    this.#isAgreed = isAgreed;
    this.#isWide = codecs === 'opusFirst' && isAgreed;
    return isAgreed === (codecs !== 'g711');
  }

  #after(work: () => Promise<boolean>): Promise<boolean> {
    const mine = this.#last.then(work);
    this.#last = mine;
    return mine;
  }
}
