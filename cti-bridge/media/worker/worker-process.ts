import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Clock, Log, Supervised, TimerHandle } from '../../kernel/index.ts';
import { programFile, withTimeLimit } from '../../kernel/index.ts';
import { MediaError } from '../api.ts';
import type { LegNotice } from '../session/leg-notice.ts';
import { isReport, type Order, type Outcome, type Report, type WorkerConfig } from './messages.ts';

/** What a session wants to know of its worker. */
export interface WorkerListener {
  notice(notice: LegNotice): void;
  /** `ended` when the worker was stopped on purpose. */
  workerGone(why: 'ended' | 'workerDied'): void;
}

const program = fileURLToPath(programFile('media/worker'));
/**
 * Small heaps and one helper thread: media makes much short-lived garbage, and must not pause long nor take much memory for it. The young half of
 * the heap holds what some hundred calls leave in the time that their packets wait to be heard, so that few of them are taken for old.
 */
const nodeFlags = ['--max-semi-space-size=8', '--v8-pool-size=1', '--max-old-space-size=384'];
const requestLimitMs = 5_000;
const stopLimitMs = 2_000;
/** A worker that hangs holds silent calls: it is asked for a sign of life this often, and ended when none comes in time. */
const heartbeatMs = 3_000;
/** One that does not even get ready has no heartbeat yet. */
const readyLimitMs = 10_000;

type Ask = Extract<Order, { requestId: number }>;
type Question = Ask extends infer Each ? (Each extends Ask ? Omit<Each, 'requestId'> : never) : never;

/** The signalling side's end of one media worker. */
export class WorkerProcess implements Supervised {
  readonly name: string;
  readonly #config: WorkerConfig;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #listeners = new Map<string, WorkerListener>();
  readonly #asked = new Map<number, { resolve: (outcome: Outcome) => void; reject: (error: MediaError) => void }>();
  #nextRequest = 1;
  #child: ChildProcess | null = null;
  #isReady = false;
  #isStopping = false;
  #isLate = false;
  #heartbeat: TimerHandle | undefined;
  #patience: TimerHandle | undefined;
  #onReady: (() => void)[] = [];

  constructor(name: string, config: WorkerConfig, clock: Clock, log: Log) {
    this.name = name;
    this.#config = config;
    this.#clock = clock;
    this.#log = log;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** It has too many calls to do them well, and says so. */
  get isOverloaded(): boolean {
    return this.#isLate && this.sessions >= this.#config.overload.fromSessions;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get sessions(): number {
    return this.#listeners.size;
  }

  start(onExit: (why: string) => void): void {
    const child = fork(program, [], { execPath: process.execPath, execArgv: nodeFlags, serialization: 'json' });
    this.#child = child;
    let isOver = false;
    const over = (why: string): void => {
      if (isOver) return;
      isOver = true;
      this.#patience?.cancel();
      if (this.#child === child) this.#fall();
      onExit(why);
    };
    child.on('message', (message) => this.#hear(message));
    child.on('error', (error) => over(error.message));
    child.on('exit', (code, signal) => over(signal ?? `exit ${code}`));
    this.#patience = this.#clock.timer(readyLimitMs, () => {
      this.#log.error('media:worker-never-ready', { worker: this.name, pid: this.pid });
      child.kill('SIGKILL');
    });
    child.send({ order: 'configure', config: this.#config } satisfies Order, ignoreSendError);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#patience?.cancel();
    this.#heartbeat?.cancel();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (child.connected) child.disconnect();
    const impatience = this.#clock.timer(stopLimitMs, () => child.kill('SIGKILL'));
    await exited;
    impatience.cancel();
  }

  whenReady(): Promise<void> {
    return this.#isReady ? Promise.resolve() : new Promise((resolve) => this.#onReady.push(resolve));
  }

  attach(sessionId: string, listener: WorkerListener): void {
    this.#listeners.set(sessionId, listener);
  }

  detach(sessionId: string): void {
    this.#listeners.delete(sessionId);
  }

  tell(order: Exclude<Order, Ask>): void {
    if (this.#child?.connected) this.#child.send(order, ignoreSendError);
  }

  /**
   * Rejects with a `MediaError`, of code `workerDied` also when the worker does not answer in time. One that is dying, whose exit is not known
   * yet, rejects with its exit: whoever is told so finds every session of it closed.
   */
  async ask(question: Question): Promise<Outcome> {
    const child = this.#child;
    if (!child) throw new MediaError('workerDied', 'the media worker is down');
    const requestId = this.#nextRequest++;
    const answered = new Promise<Outcome>((resolve, reject) => this.#asked.set(requestId, { resolve, reject }));
    child.send({ ...question, requestId }, ignoreSendError);
    try {
      return await withTimeLimit(this.#clock, requestLimitMs, `media worker: ${question.order}`, answered);
    } catch (error) {
      throw error instanceof MediaError ? error : new MediaError('workerDied', error instanceof Error ? error.message : String(error));
    } finally {
      this.#asked.delete(requestId);
    }
  }

  #hear(message: unknown): void {
    if (!isReport(message)) return this.#log.error('media:unknown-report');
    this.#take(message);
  }

  #take(report: Report): void {
    switch (report.report) {
      case 'ready':
        this.#isReady = true;
        this.#patience?.cancel();
        this.#log.info('media:worker-ready', { worker: this.name, pid: this.pid });
        for (const resolve of this.#onReady.splice(0)) resolve();
        this.#watch(this.#child);
        return;
      case 'done':
        this.#asked.get(report.requestId)?.resolve(report.outcome);
        return;
      case 'failed':
        this.#asked.get(report.requestId)?.reject(new MediaError(report.code, report.message));
        return;
      case 'load':
        this.#isLate = report.isOverloaded;
        this.#log.warn(report.isOverloaded ? 'media:worker-overloaded' : 'media:worker-relieved', {
          worker: this.name,
          sessions: this.sessions,
          eventLoopP99Ms: Math.round(report.eventLoopP99Ms),
        });
        return;
      case 'notice':
        this.#listeners.get(report.sessionId)?.notice(report.notice);
        return;
      case 'gone':
        this.#listeners.get(report.sessionId)?.workerGone('workerDied');
        return;
      case 'log':
        this.#log[report.level](report.event, { worker: this.name, ...report.fields });
        return;
    }
  }

  #watch(child: ChildProcess | null): void {
    this.#heartbeat = this.#clock.timer(heartbeatMs, () => {
      this.ask({ order: 'isAlive' }).then(
        () => {
          if (this.#child === child && !this.#isStopping) this.#watch(child);
        },
        () => {
          if (this.#child !== child || this.#isStopping) return;
          this.#log.error('media:worker-hangs', { worker: this.name, pid: this.pid });
          child?.kill('SIGKILL');
        },
      );
    });
  }

  /** The worker is gone, and with it everything it held. */
  #fall(): void {
    this.#isReady = false;
    this.#isLate = false;
    this.#heartbeat?.cancel();
    this.#child = null;
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of asked) reject(new MediaError('workerDied', 'the media worker died'));
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener.workerGone(this.#isStopping ? 'ended' : 'workerDied');
  }
}

/** A message to a dying worker: its exit is told separately. */
function ignoreSendError(): void {}
