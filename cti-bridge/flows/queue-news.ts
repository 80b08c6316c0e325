import type { QueueId } from '../../shared/ids.ts';
import { queueView } from '../acd/index.ts';
import type { Clock, TimerHandle } from '../kernel/index.ts';
import type { Desktops } from './ports.ts';
import type { Routing } from './routing.ts';

/** How often a queue's figures may be told to everybody. A person sees no difference below this, and a busy router changes them often. */
const pauseMs = 100;

/**
 * Tells desktops how the queues stand, at most every `pauseMs`: every call changes its queue's figures several times, and each telling goes
 * to every desktop. What is told is always the latest.
 */
export class QueueNews {
  readonly #clock: Clock;
  readonly #routing: Routing;
  readonly #desktops: Desktops;
  readonly #changed = new Set<QueueId>();
  #timer: TimerHandle | undefined;

  constructor(clock: Clock, routing: Routing, desktops: Desktops) {
    this.#clock = clock;
    this.#routing = routing;
    this.#desktops = desktops;
  }

  changed(queueId: QueueId): void {
    this.#changed.add(queueId);
    this.#timer ??= this.#clock.timer(pauseMs, () => {
      this.#timer = undefined;
      for (const changed of this.#changed) this.#desktops.broadcast('queue:changed', queueView(this.#routing.state, changed));
      this.#changed.clear();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
