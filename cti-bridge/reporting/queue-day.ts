import { minutes } from '../../shared/duration.ts';
import { Ratings } from './ratings.ts';
import type { ReportedContact } from './report.ts';
import { nothingCounted, type ServiceLevelCount, serviceLevelCount } from './service-level.ts';

/** How a contact's waiting ended. `cutOff`: by us, through a fault or a stop; neither the customer's doing nor an answer. */
export const outcomes = ['answered', 'abandoned', 'diverted', 'cutOff'] as const;
export type Outcome = (typeof outcomes)[number];

/** One queue's figures of one day. Every count is the length of its list. */
export class QueueDay {
  /** How many came in, from the menu or from another queue. */
  queued = 0;
  readonly lists: Readonly<Record<Outcome, ReportedContact[]>> = { answered: [], abandoned: [], diverted: [], cutOff: [] };
  answeredInTime: ReportedContact[] = [];
  waitedMs = 0;
  handled = 0;
  handledMs = 0;
  serviceLevel: ServiceLevelCount = nothingCounted;
  readonly ratings = new Ratings();

  add(contact: ReportedContact, outcome: Outcome, waitedMs: number, thresholdMs: number): ServiceLevelCount {
    this.lists[outcome].push(contact);
    if (outcome === 'answered') this.waitedMs += waitedMs;
    return this.#count(contact, outcome, waitedMs, thresholdMs);
  }

  /** The threshold was changed: the whole day is counted by the new one. */
  recount(thresholdMs: number): void {
    this.answeredInTime = [];
    this.serviceLevel = nothingCounted;
    for (const outcome of ['answered', 'abandoned'] as const)
      for (const contact of this.lists[outcome]) this.#count(contact, outcome, contact.waitedMs ?? 0, thresholdMs);
  }

  #count(contact: ReportedContact, outcome: Outcome, waitedMs: number, thresholdMs: number): ServiceLevelCount {
    if (outcome !== 'answered' && outcome !== 'abandoned') return nothingCounted;
    const count = serviceLevelCount(outcome, waitedMs, thresholdMs);
    if (count.inTime) this.answeredInTime.push(contact);
    this.serviceLevel = sum(this.serviceLevel, count);
    return count;
  }
}

/** A queue's service level minute by minute: what the last half hour and the trend are read from. They do not end at midnight. */
export class ServiceLevelMinutes {
  readonly #byMinute = new Map<number, ServiceLevelCount>();
  readonly #byQuarter = new Map<number, ServiceLevelCount>();

  add(at: number, count: ServiceLevelCount): void {
    addTo(this.#byMinute, Math.floor(at / minutes(1)), count, 90);
    addTo(this.#byQuarter, Math.floor(at / minutes(15)), count, 48);
  }

  clear(): void {
    this.#byMinute.clear();
    this.#byQuarter.clear();
  }

  /** Of `count` minutes, the last of them the one that `at` is in. */
  last(count: number, at: number): ServiceLevelCount {
    const end = Math.floor(at / minutes(1));
    let total = nothingCounted;
    for (let minute = end - count + 1; minute <= end; minute++) {
      const counted = this.#byMinute.get(minute);
      if (counted) total = sum(total, counted);
    }
    return total;
  }

  /** Of the last `count` quarters of an hour, oldest first; the last one is still running. */
  quarters(count: number, at: number): readonly ServiceLevelCount[] {
    const running = Math.floor(at / minutes(15));
    return Array.from({ length: count }, (_, index) => this.#byQuarter.get(running - count + 1 + index) ?? nothingCounted);
  }
}

/** Keeps the latest `most` of them, by when they were first counted in: more than anybody looks back. */
function addTo(counts: Map<number, ServiceLevelCount>, at: number, count: ServiceLevelCount, most: number): void {
  counts.set(at, sum(counts.get(at) ?? nothingCounted, count));
  const [oldest] = counts.keys();
  if (counts.size > most && oldest !== undefined) counts.delete(oldest);
}

function sum(a: ServiceLevelCount, b: ServiceLevelCount): ServiceLevelCount {
  return { inTime: a.inTime + b.inTime, of: a.of + b.of };
}
