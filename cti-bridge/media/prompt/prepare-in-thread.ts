import { Worker } from 'node:worker_threads';
import { programFile, type Result } from '../../kernel/index.ts';
import type { PreparedPrompt, PromptFault } from './prepare-prompt.ts';

const limitMs = 30_000;

/** As `preparePrompt`, beside the calls. Rejects where the thread fails, or takes longer than half a minute. */
export function preparePromptInThread(bytes: Uint8Array): Promise<Result<PreparedPrompt, PromptFault>> {
  const { promise, resolve, reject } = Promise.withResolvers<Result<PreparedPrompt, PromptFault>>();
  const worker = new Worker(programFile('media/prompt/prepare-thread'), {
    workerData: new Uint8Array(bytes),
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  const limit = setTimeout(() => reject(new Error('preparing a prompt took too long')), limitMs);
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`preparing a prompt ended with ${code}`)));
  return promise.finally(() => {
    clearTimeout(limit);
    return worker.terminate();
  });
}
