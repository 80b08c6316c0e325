import type { Clock } from '../../../kernel/index.ts';

/** How much a line may be ahead of its steady rate: what timers are late is made good. */
const aheadMs = 100;

/** So many a second, spread evenly: says how long the next one waits. */
export class Pace {
  readonly #clock: Clock;
  readonly #everyMs: number;
  #next = 0;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#everyMs = 1_000 / perSecond;
    this.#next = clock.monotonic();
  }

  /** 0: it may go, and is counted. */
  take(): number {
    const now = this.#clock.monotonic();
    const wait = this.#next - now;
    if (wait > 0) return wait;
    this.#next = Math.max(this.#next, now - aheadMs) + this.#everyMs;
    return 0;
  }
}
