import type { Clock } from '../../kernel/index.ts';

/** Does work of a few milliseconds when its turn has come. It is told for how long nothing was asked that somebody waits for. */
export type Turn = <Value>(work: (quietMs: number) => Value) => Promise<Value>;

export const turnLimits = {
  /** A call asks several things one after the other, each some milliseconds after the one before: between them there is no turn. */
  lullMs: 20,
  /** Where there is no such lull, a turn comes all the same. */
  longestWaitMs: 300,
} as const;

/** When work that nobody waits for may go on beside what is asked: one piece at a time, in its order, in the lulls between the calls. */
export class Turns {
  readonly #clock: Clock;
  #waiting = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asked: Promise<unknown> = Promise.resolve();
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What was asked goes before any turn that has not begun. What is done as `upkeep` does not end the quiet. */
  after(asked: Promise<unknown>, as: 'asked' | 'upkeep'): void {
    if (as === 'asked') this.#askedAt = this.#clock.monotonic();
    this.#waiting++;
    this.#asked = asked.finally(() => this.#waiting--);
  }

  readonly turn: Turn = (work) => {
    const done = this.#last.then(() => this.#inTurn(work));
    this.#last = done.catch(() => {});
    return done;
  };

  #inTurn<Value>(work: (quietMs: number) => Value): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const since = this.#clock.monotonic();
    const attempt = () => {
      const now = this.#clock.monotonic();
      const isPatient = now - since < turnLimits.longestWaitMs;
      const lackingMs = this.#askedAt + turnLimits.lullMs - now;
      if (isPatient && lackingMs > 0) return void this.#clock.timer(lackingMs, attempt);
      // What is asked meanwhile is taken up before the next immediate.
      if (this.#waiting > 0) return void this.#asked.then(() => setImmediate(attempt));
      try {
        resolve(work(now - this.#askedAt));
      } catch (error) {
        reject(error);
      }
    };
    setImmediate(attempt);
    return promise;
  }
}
