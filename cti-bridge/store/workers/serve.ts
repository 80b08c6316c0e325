import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toStoreError } from '../store-error.ts';
import type { OperationCall, OperationOutcome, WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts';

/**
 * Does work when nothing else waits: what is asked of the worker meanwhile goes first. One at a time, in the order of asking. The work is
 * told for how long nothing was asked that somebody waits for.
 */
export type Turn = <Value>(work: (quietMs: number) => Value) => Promise<Value>;

interface Service {
  /** Work that nobody waits for: it does not end the quiet. */
  isUpkeep?(call: OperationCall): boolean;
  /** A door for mass work: whatever comes through it is done in turns. */
  serveDoor?(port: MessagePort, turn: Turn): void;
  perform(calls: readonly OperationCall[]): Promise<readonly OperationOutcome[]>;
  /** False: not now, readers are in the way. */
  purge?(): boolean;
  close(): void | Promise<void>;
}

/** The life of a database worker: opens, says so, answers requests in their order, closes on request. */
export async function serve(open: (setup: WorkerSetup) => Promise<Service>): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('This program runs as a worker thread of the store.');
  const setup = workerData as WorkerSetup;
  const reply = (message: WorkerReply) => port.postMessage(message);

  let service: Service;
  try {
    service = await open(setup);
  } catch (error) {
    const { code, message } = toStoreError(error, setup.folder);
    reply({ kind: 'failed', code, message });
    port.close();
    return;
  }

  let inOrder = Promise.resolve();
  let waiting = 0;
  let doors = 0;
  let askedAt = 0;
  let turns = Promise.resolve();
  const turn: Turn = <Value>(work: (quietMs: number) => Value) => {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const attempt = () => {
      // Messages that came meanwhile are taken before the next immediate.
      if (waiting > 0) return void inOrder.then(() => setImmediate(attempt));
      try {
        resolve(work(performance.now() - askedAt));
      } catch (error) {
        reject(error);
      }
    };
    const done = turns.then(() => {
      setImmediate(attempt);
      return promise;
    });
    turns = done.then(
      () => {},
      () => {},
    );
    return done;
  };
  const answer = async (request: Exclude<WorkerRequest, { kind: 'door' }>) => {
    if (request.kind === 'stop') {
      await service.close();
      port.close();
      return;
    }
    const { id } = request;
    try {
      const outcomes =
        request.kind === 'purge' ? [{ ok: true, value: service.purge?.() ?? true } as const] : await service.perform(request.calls);
      reply({ kind: 'outcomes', id, outcomes });
    } catch (error) {
      const { code, message } = toStoreError(error, setup.folder);
      reply({ kind: 'refused', id, code, message });
    }
  };
  port.on('message', (request: WorkerRequest) => {
    if (request.kind === 'door') {
      doors++;
      request.port.once('close', () => reply({ kind: 'doors', open: --doors }));
      return service.serveDoor?.(request.port, turn);
    }
    waiting++;
    const isUpkeep = request.kind === 'calls' && request.calls.every((call) => service.isUpkeep?.(call));
    if (!isUpkeep) askedAt = performance.now();
    inOrder = inOrder.then(() => answer(request)).finally(() => waiting--);
  });
  reply({ kind: 'ready' });
}

/** Runs one call; what it throws becomes its outcome, so that its neighbours are not touched. */
export async function outcomeOf(work: () => Promise<unknown>, folder: string): Promise<OperationOutcome> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const { code, message } = toStoreError(error, folder);
    return { ok: false, code, message };
  }
}
