import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../kernel/index.ts';
import { toStoreError } from '../store-error.ts';
import type { OperationCall, OperationOutcome, WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts';
import { type Turn, Turns } from './turns.ts';

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
  let doors = 0;
  const turns = new Turns(systemClock);
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
      return service.serveDoor?.(request.port, turns.turn);
    }
    const isUpkeep = request.kind === 'calls' && request.calls.every((call) => service.isUpkeep?.(call));
    inOrder = inOrder.then(() => answer(request));
    turns.after(inOrder, isUpkeep ? 'upkeep' : 'asked');
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
