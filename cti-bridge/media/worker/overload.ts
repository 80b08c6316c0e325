/** When a worker has too much to do: every second of `forMs` had an event loop that was late by more than `p99Ms`. Over after as long without. */
export interface OverloadLimits {
  readonly p99Ms: number;
  readonly forMs: number;
  /** With fewer calls than this it is not the calls that keep it busy, and to refuse the next one would help nobody. */
  readonly fromSessions: number;
}

/** Late by this much, sound begins to suffer: it eats most of what a jitter buffer keeps in hand. */
export const overloadLimits: OverloadLimits = { p99Ms: 15, forMs: 10_000, fromSessions: 10 };

/** Judges by figures taken at even intervals. One bad second is a breath of the machine, a whole run of them is too many calls. */
export class OverloadJudge {
  readonly #limits: Pick<OverloadLimits, 'p99Ms' | 'forMs'>;
  readonly #everyMs: number;
  #isOverloaded = false;
  #run = 0;

  constructor(limits: Pick<OverloadLimits, 'p99Ms' | 'forMs'>, everyMs: number) {
    this.#limits = limits;
    this.#everyMs = everyMs;
  }

  get isOverloaded(): boolean {
    return this.#isOverloaded;
  }

  /** True when it has changed. */
  observe(p99Ms: number): boolean {
    const isLate = p99Ms > this.#limits.p99Ms;
    this.#run = isLate === this.#isOverloaded ? 0 : this.#run + 1;
    if (this.#run * this.#everyMs < this.#limits.forMs) return false;
    this.#isOverloaded = isLate;
    this.#run = 0;
    return true;
  }
}
