import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { MailUnreadable } from '../../../interactions/index.ts';
import { type Clock, type Log, programFile } from '../../../kernel/index.ts';
import type { ReadOrder, ReadReport } from './worker-messages.ts';

const program = fileURLToPath(programFile('channels/email/read/mail-worker'));
/** What the heap may hold; bytes outside it are what `memoryBytes` is for. */
const nodeFlags = ['--max-old-space-size=256', '--max-semi-space-size=16', '--v8-pool-size=1'];
const readyLimitMs = 15_000;
const looksEveryMs = 50;
/** Between two starts of a process that does not start. */
const pauseMs = { first: 200, longest: 10_000 };

export interface ReadingProcessParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly perMailMs: number;
  readonly memoryBytes: number;
}

/**
 * One process that reads one mail at a time. It is started for the first, kept for those after it, and killed over one that takes too long or
 * too much: that mail is told so, the next has a new process. One that does not even start is nobody's fault but ours: the mail waits.
 */
export class ReadingProcess {
  readonly #parts: ReadingProcessParts;
  #child: ChildProcess | null = null;
  #isStopped = false;
  readonly #stopping = new AbortController();

  constructor(parts: ReadingProcessParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async read(order: ReadOrder, signal: AbortSignal): Promise<Exclude<ReadReport, { report: 'ready' }>> {
    const ends = AbortSignal.any([signal, this.#stopping.signal]);
    for (let pause = pauseMs.first; !ends.aborted; pause = Math.min(pause * 2, pauseMs.longest)) {
      const child = this.#child ?? (await this.#start());
      if (child) return this.#perform(child, order, ends);
      await this.#pause(pause, ends);
    }
    return { report: 'unreadable', why: 'tookTooLong' };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopping.abort();
    await this.#end();
  }

  async #start(): Promise<ChildProcess | null> {
    const { clock, log } = this.#parts;
    const child = fork(program, [], {
      execPath: process.execPath,
      execArgv: nodeFlags,
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const isReady = await new Promise<boolean>((resolve) => {
      const patience = clock.timer(readyLimitMs, () => resolve(false));
      const settle = (is: boolean) => {
        patience.cancel();
        resolve(is);
      };
      child.once('message', () => settle(true));
      child.once('exit', () => settle(false));
      child.once('error', () => settle(false));
      this.#stopping.signal.addEventListener('abort', () => settle(false), { once: true });
    });
    // An error after the start is told again by its exit.
    child.on('error', () => {});
    if (isReady && !this.#isStopped) {
      child.once('exit', () => {
        if (this.#child === child) this.#child = null;
      });
      return (this.#child = child);
    }
    child.kill('SIGKILL');
    if (!this.#isStopped) log.error('mail:readerNotStarted');
    return null;
  }

  async #perform(child: ChildProcess, order: ReadOrder, signal: AbortSignal): Promise<Exclude<ReadReport, { report: 'ready' }>> {
    const { clock, log, perMailMs, memoryBytes } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<Exclude<ReadReport, { report: 'ready' }>>();
    const giveUp = (why: MailUnreadable) => resolve({ report: 'unreadable', why });
    const hear = (report: ReadReport) => {
      if (report.report !== 'ready') resolve(report);
    };
    const gone = () => giveUp('tookTooMuch');
    const abort = () => giveUp('tookTooLong');
    child.on('message', hear);
    child.on('exit', gone);
    signal.addEventListener('abort', abort, { once: true });
    const limit = clock.timer(perMailMs, abort);
    const watch = watchMemory(clock, child, memoryBytes, gone);
    child.send(order, (error) => error && gone());
    const report = await promise;
    limit.cancel();
    watch.cancel();
    child.off('message', hear);
    child.off('exit', gone);
    signal.removeEventListener('abort', abort);
    if (report.report === 'unreadable' && (report.why === 'tookTooLong' || report.why === 'tookTooMuch')) {
      log.warn('mail:readerReplaced', { why: report.why });
      await this.#end();
    }
    return report;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await exited;
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#parts.clock.timer(ms, resolve);
      signal.addEventListener(
        'abort',
        () => {
          timer.cancel();
          resolve();
        },
        { once: true },
      );
    });
  }
}

/** Looks at what the process holds, buffers included, where the system tells it (Linux); elsewhere the heap alone is limited. */
function watchMemory(clock: Clock, { pid }: ChildProcess, mostBytes: number, tooMuch: () => void): { cancel(): void } {
  let timer: { cancel(): void } | null = null;
  let isOver = false;
  const look = async () => {
    const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => null);
    if (status === null || isOver) return;
    if (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024 > mostBytes) tooMuch();
    else timer = clock.timer(looksEveryMs, () => void look());
  };
  void look();
  return {
    cancel() {
      isOver = true;
      timer?.cancel();
    },
  };
}
