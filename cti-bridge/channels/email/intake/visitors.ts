import { type Clock, TokenBucket } from '../../../kernel/index.ts';

export interface VisitorLimits {
  /** At once, of one address. */
  readonly connections: number;
  /** On average and at once, of one address. */
  readonly mailsPerSecond: number;
  readonly mailsAtOnce: number;
}

interface Visitor {
  open: number;
  readonly mails: TokenBucket;
  lastAt: number;
}

const forgetAfterMs = 10 * 60_000;
const mostRemembered = 10_000;

/** Who is connected, by address, and how much each may. */
export class Visitors {
  readonly #clock: Clock;
  readonly #limits: VisitorLimits;
  readonly #known = new Map<string, Visitor>();

  constructor(clock: Clock, limits: VisitorLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** False: too many already. One that came in must `leave`. */
  enter(address: string): boolean {
    const visitor = this.#of(address);
    if (visitor.open >= this.#limits.connections) return false;
    visitor.open++;
    return true;
  }

  leave(address: string): void {
    const visitor = this.#known.get(address);
    if (visitor && visitor.open > 0) visitor.open--;
  }

  mayBringMail(address: string): boolean {
    return this.#of(address).mails.take();
  }

  #of(address: string): Visitor {
    const now = this.#clock.monotonic();
    const known = this.#known.get(address);
    if (known) {
      known.lastAt = now;
      return known;
    }
    if (this.#known.size >= mostRemembered) this.#forget(now);
    const rate = { perSecond: this.#limits.mailsPerSecond, burst: this.#limits.mailsAtOnce };
    const visitor = { open: 0, mails: new TokenBucket(this.#clock, rate), lastAt: now };
    this.#known.set(address, visitor);
    return visitor;
  }

  /** Those who are gone for long; if that is not enough, those who are gone. */
  #forget(now: number): void {
    for (const isOld of [({ lastAt }: Visitor) => now - lastAt > forgetAfterMs, () => true]) {
      for (const [address, visitor] of this.#known) if (visitor.open === 0 && isOld(visitor)) this.#known.delete(address);
      if (this.#known.size < mostRemembered) return;
    }
  }
}
