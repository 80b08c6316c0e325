import { parentPort, workerData } from 'node:worker_threads';
import { toStoreError } from '../store-error.ts';
import type { OperationCall, OperationOutcome, WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts';

interface Service {
  perform(calls: readonly OperationCall[]): Promise<readonly OperationOutcome[]>;
  close(): void;
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
  const answer = async (request: WorkerRequest) => {
    if (request.kind === 'stop') {
      service.close();
      port.close();
      return;
    }
    const { id, calls } = request;
    try {
      reply({ kind: 'outcomes', id, outcomes: await service.perform(calls) });
    } catch (error) {
      const { code, message } = toStoreError(error, setup.folder);
      reply({ kind: 'refused', id, code, message });
    }
  };
  port.on('message', (request: WorkerRequest) => {
    inOrder = inOrder.then(() => answer(request));
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
