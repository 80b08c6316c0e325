import type { Configuration, OpeningHours } from '../../shared/contracts/configuration.ts';
import type { QueueId } from '../../shared/ids.ts';
import { isOpenAt, linesOf, nextChangeAfter } from '../acd/index.ts';
import type { Clock, TimerHandle } from '../kernel/index.ts';
import type { Routing } from './routing.ts';

/** A clock that is set is noticed within this. */
const checkMs = 60_000;

/**
 * Tells the router which queues are open: at the start, at the moment each opens or closes, and whatever the clock on the wall does in
 * between, within a minute.
 */
export class OpeningHoursWatch {
  readonly #clock: Clock;
  readonly #routing: Routing;
  readonly #hoursOf: (queueId: QueueId) => OpeningHours | null;
  /** When each set of hours next opens or closes, and from which moment on that holds. */
  readonly #changes = new Map<OpeningHours, { readonly from: number; readonly at: number | null }>();
  #timer: TimerHandle | undefined;
  #isStopped = false;

  /** `hoursOf` answers with the hours as they are set up at that moment; null: always open. */
  constructor(parts: { readonly clock: Clock; readonly routing: Routing; readonly hoursOf: (queueId: QueueId) => OpeningHours | null }) {
    this.#clock = parts.clock;
    this.#routing = parts.routing;
    this.#hoursOf = parts.hoursOf;
  }

  /** Looks now, and from now on. Call it again when the hours or the queues have been set up anew. */
  check(): void {
    if (this.#isStopped) return;
    this.#timer?.cancel();
    const now = this.#clock.now();
    const inUse = new Set<OpeningHours>();
    let dueInMs = checkMs;
    for (const { queue, isOpen } of linesOf(this.#routing.state)) {
      const hours = this.#hoursOf(queue.queueId);
      const shouldBeOpen = hours === null || isOpenAt(hours, now);
      if (shouldBeOpen !== isOpen) this.#routing.tell({ type: 'queue:hours', queueId: queue.queueId, isOpen: shouldBeOpen });
      if (hours === null) continue;
      inUse.add(hours);
      const change = this.#nextChange(hours, now);
      if (change !== null) dueInMs = Math.min(dueInMs, change - now);
    }
    for (const hours of this.#changes.keys()) if (!inUse.has(hours)) this.#changes.delete(hours);
    this.#timer = this.#clock.timer(dueInMs, () => this.check());
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  /** Looking far ahead through a year's holidays is work, and the answer holds until that moment. */
  #nextChange(hours: OpeningHours, now: number): number | null {
    const known = this.#changes.get(hours);
    if (known && known.from <= now && (known.at === null || known.at > now)) return known.at;
    const at = nextChangeAfter(hours, now);
    this.#changes.set(hours, { from: now, at });
    return at;
  }
}

/** Null: it has none, and is always open. */
export function hoursOf({ queues, hours }: Configuration, queueId: QueueId): OpeningHours | null {
  const named = queues.find(({ id }) => id === queueId)?.hours;
  return hours.find(({ id }) => id === named) ?? null;
}

export function isOpenNow(configuration: Configuration, queueId: string, at: number): boolean {
  const hours = hoursOf(configuration, queueId as QueueId);
  return hours === null || isOpenAt(hours, at);
}
