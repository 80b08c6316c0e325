import type { RoutingStep } from '../../shared/contracts/queue.ts';
import { days, hours, seconds } from '../../shared/duration.ts';
import {
  type DecisionEntry,
  type DecisionGap,
  type DecisionLog,
  type DecisionReader,
  type ItemStep,
  isLogged,
  stepsOfEntry,
  subjectsOf,
} from '../acd/index.ts';
import type { Clock, Log, TimerHandle } from '../kernel/index.ts';
import type { DecisionRow } from './repositories/routing-writes.ts';
import { StoreError } from './store-error.ts';

export const decisionLimits = {
  /** How long a decision can be asked about. */
  keptMs: days(30),
  pruneEveryMs: hours(1),
  /** Entries deleted in one unit of work, and the rest between two: events never wait behind a great clearing. */
  pruneBatch: 500,
  pruneRestMs: 100,
  /** Entries that wait in memory for the disk. What comes then is missing from the log, and the log says so. */
  waiting: 5_000,
  batch: 250,
  /** How long entries gather before they are written. */
  gatherMs: 100,
  retryMs: seconds(1),
  page: 500,
  /** Steps of one item; one that has more tells its latest. */
  entriesOfItem: 2_000,
} as const;

type Write = (name: 'appendDecisions' | 'pruneDecisions' | 'pruneOffers', args: readonly unknown[]) => Promise<unknown>;
interface Stored {
  readonly sequence: number;
  readonly body: string;
}
/** What the log asks of the reader thread. */
export interface DecisionReads {
  about(subjectId: string, before: number, limit: number): Promise<readonly Stored[]>;
  since(at: number, after: number | null, limit: number): Promise<readonly Stored[]>;
  agentNames(agentIds: readonly string[]): Promise<readonly { readonly agentId: string; readonly name: string }[]>;
}

/**
 * The decision log. Entries are numbered here and written in batches, a tenth of a second after the first of them, one batch on its way at a
 * time. It has a bounded memory of its own, so it never takes the events' place while the disk stalls.
 */
export class StoredDecisions implements DecisionLog, DecisionReader {
  readonly #write: Write;
  readonly #reads: DecisionReads;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #keptMs: number;
  /** Not on disk yet, those in flight first. */
  #waiting: DecisionRow[] = [];
  #missing: { at: number; count: number } | null = null;
  #lastSequence: number;
  #isWriting = false;
  #isStopped = false;
  #timers = new Set<TimerHandle>();
  readonly #whenIdle = new Set<() => void>();

  constructor(parts: {
    readonly write: Write;
    readonly reads: DecisionReads;
    readonly clock: Clock;
    readonly log: Log;
    readonly lastSequence: number;
    readonly keptMs?: number;
  }) {
    this.#write = parts.write;
    this.#reads = parts.reads;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#lastSequence = parts.lastSequence;
    this.#keptMs = parts.keptMs ?? decisionLimits.keptMs;
    this.#after(decisionLimits.pruneRestMs, () => void this.#prune());
  }

  append({ at, event, decisions }: Parameters<DecisionLog['append']>[0]): void {
    if (this.#waiting.length >= decisionLimits.waiting) {
      if (!this.#missing) this.#log.error('store:decisionsNotKept', { since: at });
      return this.#miss(at, 1);
    }
    this.#tellMissing();
    const entry: DecisionEntry = { at, event, decisions: decisions.filter(isLogged) };
    this.#push(at, entry, subjectsOf(entry));
  }

  async stepsOf(workItemId: string): Promise<readonly RoutingStep[]> {
    const entries: DecisionEntry[] = [];
    for await (const entry of this.#about(workItemId)) {
      entries.push(entry);
      if (entries.length >= decisionLimits.entriesOfItem) break;
    }
    const steps = entries
      .reverse()
      .flatMap(stepsOfEntry)
      .filter((step) => step.workItemId === workItemId);
    return this.#named(steps);
  }

  async ofAgent(agentId: string, limit: number): Promise<readonly RoutingStep[]> {
    let steps: readonly ItemStep[] = [];
    for await (const entry of this.#about(agentId)) {
      steps = [...stepsOfEntry(entry).filter((step) => step.agentId === agentId), ...steps];
      if (steps.length >= limit) break;
    }
    return this.#named(steps.slice(Math.max(0, steps.length - limit)));
  }

  async *since(at: number): AsyncGenerator<DecisionEntry | DecisionGap> {
    let after: number | null = null;
    for (;;) {
      const unwritten: readonly DecisionRow[] = this.#waiting;
      const page: readonly Stored[] = await this.#reads.since(at, after, decisionLimits.page);
      yield* page.map(({ body }) => JSON.parse(body) as DecisionEntry | DecisionGap);
      const last: number | null = page.at(-1)?.sequence ?? after;
      if (page.length === decisionLimits.page) {
        after = last;
        continue;
      }
      // What waited while the last page was read, and is not in it.
      const rest = unwritten.filter((row) => (last === null ? row.at >= at : row.sequence > last));
      yield* rest.map(({ body }) => JSON.parse(body) as DecisionEntry | DecisionGap);
      return;
    }
  }

  /** Writes what waits, whatever the disk takes of it until the caller's patience ends. */
  async drained(): Promise<void> {
    this.#tellMissing();
    if (this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#whenIdle.add(resolve));
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #miss(at: number, entries: number): void {
    this.#missing = { at: this.#missing?.at ?? at, count: (this.#missing?.count ?? 0) + entries };
  }

  #tellMissing(): void {
    if (!this.#missing) return;
    const { at, count } = this.#missing;
    this.#missing = null;
    this.#push(at, { at, missing: count } satisfies DecisionGap, new Set());
  }

  #push(at: number, entry: DecisionEntry | DecisionGap, subjects: ReadonlySet<string>): void {
    this.#waiting.push({ sequence: ++this.#lastSequence, at, body: JSON.stringify(entry), subjects: [...subjects] });
    if (!this.#isWriting) void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // What one call brings goes together, and after the events of its pop: nobody waits for the log.
    await new Promise<void>((resolve) => this.#after(decisionLimits.gatherMs, resolve));
    while (this.#waiting.length > 0 && !this.#isStopped) {
      const batch = this.#waiting.slice(0, decisionLimits.batch);
      if (await this.#written(batch)) this.#waiting = this.#waiting.slice(batch.length);
      else await new Promise<void>((resolve) => this.#after(decisionLimits.retryMs, resolve));
    }
    this.#isWriting = false;
    for (const resolve of this.#whenIdle) resolve();
    this.#whenIdle.clear();
  }

  /** False: send it again. Its numbers make that harmless. */
  async #written(batch: readonly DecisionRow[]): Promise<boolean> {
    try {
      await this.#write('appendDecisions', [batch]);
      return true;
    } catch (error) {
      const isRefused = error instanceof StoreError && error.code === 'rejected';
      if (isRefused) {
        this.#log.error('store:decisionsNotKept', { entries: batch.length, error: String(error) });
        this.#miss(batch[0]?.at ?? 0, batch.length);
      }
      return isRefused;
    }
  }

  /** Latest first, in pages. */
  async *#about(subjectId: string): AsyncGenerator<DecisionEntry> {
    const unwritten = this.#waiting.filter((row) => row.subjects.includes(subjectId)).reverse();
    yield* unwritten.map(({ body }) => JSON.parse(body) as DecisionEntry);
    for (let before = unwritten.at(-1)?.sequence ?? Number.MAX_SAFE_INTEGER; ; ) {
      const page = await this.#reads.about(subjectId, before, decisionLimits.page);
      yield* page.map(({ body }) => JSON.parse(body) as DecisionEntry);
      if (page.length < decisionLimits.page) return;
      before = page.at(-1)?.sequence ?? 0;
    }
  }

  async #named(steps: readonly ItemStep[]): Promise<readonly RoutingStep[]> {
    const ids = new Set(steps.flatMap(({ agentId }) => agentId ?? []));
    const names = new Map((await this.#reads.agentNames([...ids])).map(({ agentId, name }) => [agentId, name]));
    let lastQueueId = '';
    return steps.map(({ workItemId: _workItemId, queueId, ...step }) => {
      lastQueueId = queueId ?? lastQueueId;
      return { ...step, queueId: lastQueueId, agentName: step.agentId === null ? null : (names.get(step.agentId) ?? null) };
    });
  }

  async #prune(): Promise<void> {
    const now = this.#clock.now();
    const args = [now - this.#keptMs, decisionLimits.pruneBatch] as const;
    try {
      const gone = [await this.#write('pruneDecisions', [...args, now]), await this.#write('pruneOffers', args)];
      const isMore = gone.includes(decisionLimits.pruneBatch);
      this.#after(isMore ? decisionLimits.pruneRestMs : decisionLimits.pruneEveryMs, () => void this.#prune());
    } catch (error) {
      this.#log.warn('store:pruneFailed', { error: String(error) });
      this.#after(decisionLimits.pruneEveryMs, () => void this.#prune());
    }
  }

  #after(delayMs: number, act: () => void): void {
    if (this.#isStopped) return;
    const timer = this.#clock.timer(delayMs, () => {
      this.#timers.delete(timer);
      act();
    });
    this.#timers.add(timer);
  }
}
