import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { minutes, seconds } from '../../../shared/duration.ts';
import { type Clock, type Log, programFile, supervise, withTimeLimit } from '../../kernel/index.ts';
import { StoreError } from '../store-error.ts';
import type { OperationCall, OperationOutcome, WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts';

/** The first start may have to seed a large database; a stop may have to flush one. */
const limits = { start: minutes(5), stop: seconds(10), hang: minutes(1) } as const;

/** One writer; a reader for what a call waits for, and one for what people look through. */
type WorkerName = 'writer' | 'reader' | 'browser';

interface Pending {
  resolve(outcomes: readonly OperationOutcome[]): void;
  reject(error: StoreError): void;
}

/** Queries make short-lived garbage: a small young generation keeps the thread's memory small at no cost that shows. */
const heapLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 };

/**
 * The near end of one worker thread. Restarted with back-off when it dies; what it had in hand is then rejected as `unavailable`, and
 * whoever asked decides whether to ask again.
 */
export class DatabaseWorker {
  readonly #name: string;
  readonly #entry: URL;
  readonly #setup: WorkerSetup;
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();
  readonly #supervisor: { stop(): Promise<void> };
  readonly #ready = Promise.withResolvers<void>();
  #worker: Worker | undefined;
  #isReady = false;
  #openDoors = 0;
  #lastId = 0;

  private constructor(name: WorkerName, setup: WorkerSetup, clock: Clock, log: Log) {
    this.#name = name;
    this.#entry = programFile(name === 'writer' ? 'store/workers/writer' : 'store/workers/reader');
    this.#setup = setup;
    this.#clock = clock;
    this.#supervisor = supervise(
      { name: `store ${name}`, start: (onExit) => this.#start(onExit), stop: () => this.#stop() },
      clock,
      log,
      (service) => log.error('store:workerGivenUp', { service }),
    );
  }

  /** Resolves when the worker can be asked. Rejects with the `StoreError` of a database that cannot be opened. */
  static async start(name: WorkerName, setup: WorkerSetup, clock: Clock, log: Log): Promise<DatabaseWorker> {
    const worker = new DatabaseWorker(name, setup, clock, log);
    try {
      await withTimeLimit(clock, limits.start, `starting the store's ${name}`, worker.#ready.promise);
      return worker;
    } catch (error) {
      await worker.stop();
      throw error;
    }
  }

  /** One outcome per call, in order. A worker that hangs for a minute is taken down and restarted. */
  async request(calls: readonly OperationCall[]): Promise<readonly OperationOutcome[]> {
    return this.#ask((id) => ({ kind: 'calls', id, calls }));
  }

  /** What was deleted is gone from the disk as well; false when readers were in the way, and then it is to be asked again. */
  async purge(): Promise<boolean> {
    const [outcome] = await this.#ask((id) => ({ kind: 'purge', id }));
    return outcome?.ok === true && outcome.value === true;
  }

  async #ask(request: (id: number) => WorkerRequest): Promise<readonly OperationOutcome[]> {
    const worker = this.#worker;
    if (!worker || !this.#isReady) throw this.#unavailable('is restarting');
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<readonly OperationOutcome[]>();
    this.#pending.set(id, { resolve, reject });
    const hang = this.#clock.timer(limits.hang, () => void worker.terminate());
    this.#send(worker, request(id));
    return promise.finally(() => hang.cancel());
  }

  /** Mass work is being done. */
  get hasOpenDoor(): boolean {
    return this.#openDoors > 0;
  }

  /** A port to the worker for mass work, to be handed to another thread. It closes when the worker dies. */
  openDoor(): MessagePort {
    const worker = this.#worker;
    if (!worker || !this.#isReady) throw this.#unavailable('is restarting');
    const { port1, port2 } = new MessageChannel();
    const request: WorkerRequest = { kind: 'door', port: port1 };
    worker.postMessage(request, [port1]);
    this.#openDoors++;
    return port2;
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }

  #start(onExit: (why: string) => void): void {
    const worker = new Worker(this.#entry, { workerData: this.#setup, resourceLimits: heapLimits });
    let why = 'ended by itself';
    worker.on('message', (reply: WorkerReply) => this.#receive(reply));
    worker.on('error', (error) => {
      why = String(error);
      this.#ready.reject(this.#unavailable(`did not start (${why})`));
    });
    worker.once('exit', () => {
      this.#worker = undefined;
      this.#isReady = false;
      this.#openDoors = 0;
      for (const pending of this.#pending.values()) pending.reject(this.#unavailable('died'));
      this.#pending.clear();
      onExit(why);
    });
    this.#worker = worker;
  }

  #receive(reply: WorkerReply): void {
    switch (reply.kind) {
      case 'ready':
        this.#isReady = true;
        return this.#ready.resolve();
      case 'doors':
        this.#openDoors = reply.open;
        return;
      case 'failed':
        return this.#ready.reject(new StoreError(reply.code, reply.message));
      case 'outcomes':
        return this.#take(reply.id)?.resolve(reply.outcomes);
      case 'refused':
        return this.#take(reply.id)?.reject(new StoreError(reply.code, reply.message));
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#send(worker, { kind: 'stop' });
    await withTimeLimit(this.#clock, limits.stop, `stopping the store's ${this.#name}`, gone).catch(() => worker.terminate());
  }

  #send(worker: Worker, request: WorkerRequest): void {
    worker.postMessage(request);
  }

  #unavailable(what: string): StoreError {
    return new StoreError('unavailable', `The store's ${this.#name} ${what}; nothing was stored. Try again.`);
  }
}
