import type { Clock, TimerHandle } from './clock.ts';

/** A clock that stands still until told. Timers fire in order of their time, then of their creation. For tests and the simulator. */
export class VirtualClock implements Clock {
  #elapsed = 0;
  #order = 0;
  #epoch: number;
  /** A heap: the next timer first, each before its two children. Cancelled ones stay until their turn comes. */
  readonly #heap: Timer[] = [];
  #pending = 0;

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
    const timer: Timer = { at: this.#elapsed + Math.max(0, delayMs), order: this.#order++, fire };
    this.#push(timer);
    this.#pending++;
    return {
      cancel: () => {
        if (timer.fire) this.#pending--;
        timer.fire = null;
      },
    };
  }

  /** Somebody sets the wall clock; durations and timers do not notice. */
  jump(ms: number): void {
    this.#epoch += ms;
  }

  /** How many timers are waiting: a leak shows here. */
  get pending(): number {
    return this.#pending;
  }

  /** Moves time forward, firing everything due on the way, including timers set by what fires. */
  advance(ms: number): void {
    const target = this.#elapsed + ms;
    for (let next = this.#next(); next && next.at <= target; next = this.#next()) {
      const { fire } = next;
      this.#pop();
      next.fire = null;
      this.#pending--;
      this.#elapsed = next.at;
      fire?.();
    }
    this.#elapsed = target;
  }

  /** As `advance`, letting promises settle after each timer, for code that awaits between timers. */
  async run(ms: number): Promise<void> {
    const target = this.#elapsed + ms;
    await settle();
    for (let next = this.#next(); next && next.at <= target; next = this.#next()) {
      this.advance(next.at - this.#elapsed);
      await settle();
    }
    this.advance(target - this.#elapsed);
    await settle();
  }

  /** The next timer that was not cancelled. */
  #next(): Timer | undefined {
    while (this.#heap[0]?.fire === null) this.#pop();
    return this.#heap[0];
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Timer;
      if (isBefore(above, timer)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && isBefore(heap[right] as Timer, heap[left] as Timer) ? right : left;
      const below = heap[child] as Timer;
      if (isBefore(last, below)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }
}

interface Timer {
  readonly at: number;
  readonly order: number;
  /** Null once it was cancelled or has fired. */
  fire: (() => void) | null;
}

const isBefore = (one: Timer, other: Timer): boolean => one.at < other.at || (one.at === other.at && one.order < other.order);

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}
