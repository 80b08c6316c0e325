import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Clock, TimerHandle } from './clock.ts';
import type { Log } from './log.ts';
import { programFile } from './program-file.ts';

export interface LimitedProcessParts {
  /** By its place in the bridge, as `programFile` takes it. It says anything at all when it is ready, then answers each order with one report. */
  readonly program: string;
  readonly clock: Clock;
  readonly log: Log;
  /** For one order. */
  readonly limitMs: number;
  /** Of the process, with everything that it holds. */
  readonly memoryBytes: number;
}

export type Performed<Report> =
  | { readonly ok: true; readonly report: Report }
  /** `tookTooMuch`: of memory, or it died of the order. `stopped`: the house ends, or whoever ordered it wants it no more. */
  | { readonly ok: false; readonly why: 'tookTooLong' | 'tookTooMuch' | 'stopped' };

/** What the heap may hold; bytes outside it are what `memoryBytes` is for. */
const nodeFlags = ['--max-old-space-size=256', '--max-semi-space-size=16', '--v8-pool-size=1'];
const readyLimitMs = 15_000;
const looksEveryMs = 50;
/** Between two starts of a process that does not start. */
const pauseMs = { first: 200, longest: 10_000 };

/**
 * A process of its own for what strangers made, which performs one order at a time, in their sequence. It is started for the first, kept for those
 * after it, and killed over one that takes too long or too much: that one is told so, the next has a new process. One that does not even start is
 * nobody's fault but ours: the order waits.
 */
export class LimitedProcess<Order extends object, Report> {
  readonly #parts: LimitedProcessParts;
  readonly #stopping = new AbortController();
  #child: ChildProcess | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(parts: LimitedProcessParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  perform(order: Order, signal?: AbortSignal): Promise<Performed<Report>> {
    const ends = signal ? AbortSignal.any([signal, this.#stopping.signal]) : this.#stopping.signal;
    // Where nothing is before it, its time runs from this call.
    const performed = this.#waiting === 0 ? this.#inTurn(order, ends) : this.#last.then(() => this.#inTurn(order, ends));
    this.#waiting++;
    this.#last = performed.finally(() => this.#waiting--);
    return performed;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#end();
    await this.#last;
  }

  async #inTurn(order: Order, signal: AbortSignal): Promise<Performed<Report>> {
    for (let pause = pauseMs.first; !signal.aborted; pause = Math.min(pause * 2, pauseMs.longest)) {
      const child = this.#child ?? (await this.#start());
      if (child) return this.#perform(child, order, signal);
      await new Promise<void>((resolve) => {
        const timer = this.#parts.clock.timer(pause, () => {
          left();
          resolve();
        });
        const left = onAbort(signal, () => {
          timer.cancel();
          resolve();
        });
      });
    }
    return { ok: false, why: 'stopped' };
  }

  async #start(): Promise<ChildProcess | null> {
    const { program, clock, log } = this.#parts;
    const { signal } = this.#stopping;
    const child = fork(fileURLToPath(programFile(program)), [], {
      execPath: process.execPath,
      execArgv: nodeFlags,
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const isReady = await new Promise<boolean>((resolve) => {
      const patience = clock.timer(readyLimitMs, () => resolve(false));
      const settle = (is: boolean) => {
        patience.cancel();
        left();
        resolve(is);
      };
      child.once('message', () => settle(true));
      child.once('exit', () => settle(false));
      child.once('error', () => settle(false));
      const left = onAbort(signal, () => settle(false));
    });
    // An error after the start is told again by its exit.
    child.on('error', () => {});
    if (isReady && !signal.aborted) {
      child.once('exit', () => {
        if (this.#child === child) this.#child = null;
      });
      return (this.#child = child);
    }
    child.kill('SIGKILL');
    if (!signal.aborted) log.error('process:notStarted', { program });
    return null;
  }

  async #perform(child: ChildProcess, order: Order, signal: AbortSignal): Promise<Performed<Report>> {
    const { clock, log, limitMs, memoryBytes, program } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<Performed<Report>>();
    const hear = (report: Report) => resolve({ ok: true, report });
    const gone = () => resolve({ ok: false, why: signal.aborted ? 'stopped' : 'tookTooMuch' });
    child.on('message', hear);
    child.on('exit', gone);
    const unwanted = onAbort(signal, gone);
    const limit = clock.timer(limitMs, () => resolve({ ok: false, why: 'tookTooLong' }));
    const watch = watchMemory(clock, child, memoryBytes, gone);
    child.send(order, (error) => error && gone());
    const performed = await promise;
    limit.cancel();
    watch.cancel();
    child.off('message', hear);
    child.off('exit', gone);
    unwanted();
    if (!performed.ok) {
      if (performed.why !== 'stopped') log.warn('process:replaced', { program, why: performed.why });
      await this.#end();
    }
    return performed;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await exited;
  }
}

/** Calls later, also where it is aborted already. The answer takes it back. */
function onAbort(signal: AbortSignal, then: () => void): () => void {
  if (signal.aborted) queueMicrotask(then);
  else signal.addEventListener('abort', then, { once: true });
  return () => signal.removeEventListener('abort', then);
}

/** Looks at what the process holds, buffers included, where the system tells it (Linux); elsewhere the heap alone is limited. */
function watchMemory(clock: Clock, { pid }: ChildProcess, mostBytes: number, tooMuch: () => void): TimerHandle {
  let timer: TimerHandle | null = null;
  let isOver = false;
  const look = async () => {
    const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => null);
    if (status === null || isOver) return;
    // The most that it ever had: between two looks it may have had it and given it back.
    if (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024 > mostBytes) tooMuch();
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
