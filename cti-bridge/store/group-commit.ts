import { seconds } from '../../shared/duration.ts';
import type { BusinessEvent, EventJournal } from '../interactions/index.ts';
import type { Clock, Log, TimerHandle } from '../kernel/index.ts';
import { isUpkeep } from './repositories/upkeep.ts';
import { StoreError } from './store-error.ts';
import type { OperationCall, OperationOutcome } from './workers/protocol.ts';

export const commitLimits = {
  /** When the disk stalls longer, voice goes on from memory. */
  stallMs: seconds(1),
  /** A write that is no event is refused after this; written contacts and drafts must not be acknowledged from memory. */
  writeMs: seconds(5),
  backlogEvents: 10_000,
  waitingWrites: 2_000,
  batch: 500,
  /** What nobody waits for goes with the next that somebody waits for, and alone after this: a flush costs the disk the same, however small. */
  lingerMs: 5,
  /** More flushes than this within `pacedOverMs`, and each waits until so long after the last: many calls share one then. */
  unpacedFlushes: 30,
  pacedOverMs: 150,
  paceMs: 5,
  retryFirstMs: 100,
  retryLongestMs: 1_000,
} as const;

interface Waiting {
  readonly call: OperationCall;
  /** What it counts in the backlog, for what is kept until it is on disk (events, mostly); 0 for every other write. */
  readonly kept: number;
  /** Somebody waits to go on until it is on disk. */
  readonly isUrgent: boolean;
  readonly since: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: StoreError) => void;
  limit?: TimerHandle;
}

/** Acknowledged from memory already: what comes of it is only logged. */
const nobodyWaits = { resolve: () => {}, reject: () => {} };

/**
 * One queue to the one writer. While a batch is on its way to the disk, everything that arrives waits for the next; so many small writes
 * share one flush, and the order of writing is the order of asking. What nobody waits for does not begin a flush of its own.
 *
 *     write, commit ──▶ waiting ──batch──▶ in flight ──▶ on disk: resolved
 *                          ▲                  │
 *                          └───── kept ◀──────┘ the unit of work failed: what is kept waits and goes again, other writes are refused
 *
 * Kept are events, and what else belongs to the record of a call, which goes on whatever the disk does. What is kept and has waited a
 * second resolves from memory (`isDegraded`): voice goes on, unrecorded until the disk is back, and then all is written in order. The
 * backlog is bounded; beyond it `commit` and `keep` reject with `backlogFull`.
 */
export class GroupCommit implements EventJournal {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #send: (calls: readonly OperationCall[]) => Promise<readonly OperationOutcome[]>;
  #waiting: Waiting[] = [];
  /** Kept, and waiting or in flight. */
  #backlog = 0;
  #inFlight: readonly Waiting[] = [];
  #isDegraded = false;
  #isScheduled = false;
  #linger: TimerHandle | undefined;
  #stall: TimerHandle | undefined;
  #retryMs = 0;
  /** When the last flushes began, the oldest first. */
  readonly #begun: number[] = [];
  #recentCommitMs: readonly number[] = [];
  #askedAt = Number.NEGATIVE_INFINITY;
  readonly #whenIdle = new Set<() => void>();

  constructor(clock: Clock, log: Log, send: (calls: readonly OperationCall[]) => Promise<readonly OperationOutcome[]>) {
    this.#clock = clock;
    this.#log = log;
    this.#send = send;
  }

  get isDegraded(): boolean {
    return this.#isDegraded;
  }

  get health(): { readonly pendingCommits: number; readonly lastCommitMs: number; readonly backlog: number; readonly isDegraded: boolean } {
    return {
      pendingCommits: this.#waiting.length + this.#inFlight.length,
      lastCommitMs: Math.max(0, ...this.#recentCommitMs),
      backlog: this.#backlog,
      isDegraded: this.#isDegraded,
    };
  }

  /** For how long nothing was asked that somebody waits for. */
  get quietMs(): number {
    return this.#clock.monotonic() - this.#askedAt;
  }

  async commit(events: readonly BusinessEvent[]): Promise<void> {
    if (events.length > 0) await this.#keep({ name: 'appendEvents', args: [events] }, events.length, true);
  }

  async note(events: readonly BusinessEvent[]): Promise<void> {
    if (events.length > 0) await this.#keep({ name: 'appendEvents', args: [events] }, events.length, false);
  }

  /**
   * A write that may be done twice, and that the voice cannot wait for: kept until it is on disk, as an event is. Resolves with the
   * operation's value, or with `undefined` from memory. `later`: nobody waits for it.
   */
  async keep(name: string, args: readonly unknown[], when: 'now' | 'later' = 'now'): Promise<unknown> {
    return this.#keep({ name, args }, 1, when === 'now');
  }

  async #keep(call: OperationCall, kept: number, isUrgent: boolean): Promise<unknown> {
    if (this.#backlog + kept > commitLimits.backlogEvents) {
      throw new StoreError(
        'backlogFull',
        `The disk has stalled and ${commitLimits.backlogEvents} events wait already; these were not kept.`,
      );
    }
    this.#backlog += kept;
    const waiting = { call, kept, isUrgent, since: this.#clock.monotonic() };
    if (this.#isDegraded) {
      this.#enqueue({ ...waiting, ...nobodyWaits });
      return undefined;
    }
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#enqueue({ ...waiting, resolve, reject });
    this.#watchForStall();
    return promise;
  }

  /** Resolves with the operation's value when it is on disk. */
  async write(name: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#waiting.length >= commitLimits.waitingWrites)
      throw new StoreError('unavailable', 'Too many writes wait for the disk; nothing was stored. Try again.');
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const waiting: Waiting = { call: { name, args }, kept: 0, isUrgent: true, since: this.#clock.monotonic(), resolve, reject };
    waiting.limit = this.#clock.timer(commitLimits.writeMs, () => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
      reject(new StoreError('unavailable', 'The disk did not answer in time; nothing is promised to be stored. Try again.'));
    });
    this.#enqueue(waiting);
    return promise;
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    if (this.#waiting.length + this.#inFlight.length === 0) return;
    await new Promise<void>((resolve) => this.#whenIdle.add(resolve));
  }

  #enqueue(waiting: Waiting): void {
    if (!isUpkeep(waiting.call)) this.#askedAt = this.#clock.monotonic();
    this.#waiting.push(waiting);
    this.#schedule();
  }

  /** All that one turn asks for goes in one batch. */
  #schedule(): void {
    if (this.#isScheduled || this.#inFlight.length > 0 || this.#waiting.length === 0) return;
    if (this.#retryMs === 0 && !this.#waiting.some((each) => each.isUrgent)) {
      this.#linger ??= this.#clock.timer(commitLimits.lingerMs, () => {
        this.#linger = undefined;
        if (!this.#isScheduled && this.#inFlight.length === 0) this.#flush();
      });
      return;
    }
    this.#linger?.cancel();
    this.#linger = undefined;
    this.#isScheduled = true;
    const waitMs = this.#retryMs > 0 ? this.#retryMs : this.#paceMs();
    if (waitMs > 0) this.#clock.timer(waitMs, () => this.#flush());
    else queueMicrotask(() => this.#flush());
  }

  /** A flush costs the disk and two threads much the same however small: where they come thick and fast, fewer and larger ones go. */
  #paceMs(): number {
    const now = this.#clock.monotonic();
    const oldest = this.#begun[0];
    if (this.#begun.length < commitLimits.unpacedFlushes || oldest === undefined || now - oldest > commitLimits.pacedOverMs) return 0;
    return Math.max(0, (this.#begun.at(-1) ?? 0) + commitLimits.paceMs - now);
  }

  #flush(): void {
    this.#isScheduled = false;
    const batch = this.#waiting.slice(0, commitLimits.batch);
    if (batch.length === 0) return this.#settled();
    this.#waiting = this.#waiting.slice(commitLimits.batch);
    this.#inFlight = batch;
    const startedAt = this.#clock.monotonic();
    this.#begun.push(startedAt);
    if (this.#begun.length > commitLimits.unpacedFlushes) this.#begun.shift();
    this.#send(batch.map((each) => each.call)).then(
      (outcomes) => {
        this.#recentCommitMs = [...this.#recentCommitMs.slice(-59), this.#clock.monotonic() - startedAt];
        this.#retryMs = 0;
        for (const [index, each] of batch.entries()) this.#resolve(each, outcomes[index]);
        this.#settled();
      },
      (error: unknown) => {
        this.#giveBack(batch, error instanceof StoreError ? error : new StoreError('unavailable', String(error)));
        this.#settled();
      },
    );
  }

  #resolve(waiting: Waiting, outcome: OperationOutcome | undefined): void {
    waiting.limit?.cancel();
    this.#backlog -= waiting.kept;
    if (outcome?.ok) return waiting.resolve(outcome.value);
    const error = new StoreError(outcome?.code ?? 'unavailable', outcome?.message ?? 'The writer gave no outcome.');
    this.#log.error('store:writeRefused', { operation: waiting.call.name, code: error.code, message: error.message });
    waiting.reject(error);
  }

  #giveBack(batch: readonly Waiting[], error: StoreError): void {
    this.#retryMs = Math.min(commitLimits.retryLongestMs, Math.max(commitLimits.retryFirstMs, this.#retryMs * 2));
    this.#log.error('store:commitFailed', { code: error.code, message: error.message, retryMs: this.#retryMs });
    for (const each of batch) {
      if (each.kept > 0) continue;
      each.limit?.cancel();
      each.reject(error);
    }
    this.#waiting = [...batch.filter((each) => each.kept > 0), ...this.#waiting];
  }

  #settled(): void {
    this.#inFlight = [];
    this.#stall?.cancel();
    this.#stall = undefined;
    if (this.#isDegraded && this.#backlog === 0) {
      this.#isDegraded = false;
      this.#log.info('store:recovered');
    }
    this.#watchForStall();
    this.#schedule();
    if (this.#waiting.length > 0) return;
    for (const resolve of this.#whenIdle) resolve();
    this.#whenIdle.clear();
  }

  #kept(): readonly Waiting[] {
    return [...this.#inFlight, ...this.#waiting].filter((each) => each.kept > 0);
  }

  /** One timer, for what is kept and has waited longest. */
  #watchForStall(): void {
    if (this.#stall || this.#isDegraded) return;
    const oldest = this.#kept()[0];
    if (!oldest) return;
    this.#stall = this.#clock.timer(oldest.since + commitLimits.stallMs - this.#clock.monotonic(), () => {
      this.#isDegraded = true;
      this.#log.error('store:stalled', { backlog: this.#backlog });
      for (const each of this.#kept()) each.resolve(undefined);
    });
  }
}
