import type { Clock, TimerHandle } from './clock.ts';

/** A clock that stands still until told. Timers fire in order of their time, then of their creation. For tests and the simulator. */
export class VirtualClock implements Clock {
  #elapsed = 0;
  #order = 0;
  #epoch: number;
  readonly #timers = new Set<{ at: number; order: number; fire: () => void }>();

  constructor(epochMs = Date.UTC(2026, 10, 23, 9, 0, 0)) {
    this.#epoch = epochMs;
  }

  now(): number {
    return this.#epoch + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  timer(delayMs: number, fire: () => void): TimerHandle {
    const timer = { at: this.#elapsed + Math.max(0, delayMs), order: this.#order++, fire };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  /** Somebody sets the wall clock; durations and timers do not notice. */
  jump(ms: number): void {
    this.#epoch += ms;
  }

  /** How many timers are waiting: a leak shows here. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves time forward, firing everything due on the way, including timers set by what fires. */
  advance(ms: number): void {
    const target = this.#elapsed + ms;
    for (;;) {
      let next: { at: number; order: number; fire: () => void } | undefined;
      for (const timer of this.#timers) {
        if (timer.at <= target && (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order))) next = timer;
      }
      if (!next) break;
      this.#timers.delete(next);
      this.#elapsed = next.at;
      next.fire();
    }
    this.#elapsed = target;
  }

  /** As `advance`, letting promises settle after each timer, for code that awaits between timers. */
  async run(ms: number): Promise<void> {
    const target = this.#elapsed + ms;
    await settle();
    for (;;) {
      const due = [...this.#timers].map((timer) => timer.at).filter((at) => at <= target);
      if (due.length === 0) break;
      this.advance(Math.min(...due) - this.#elapsed);
      await settle();
    }
    this.advance(target - this.#elapsed);
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}
