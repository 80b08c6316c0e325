/** The thread in which one prompt is prepared: minutes of sound take longer than a call may wait. */
import { parentPort, workerData } from 'node:worker_threads';
import { preparePrompt } from './prepare-prompt.ts';

const { buffer, byteOffset, byteLength } = workerData as Uint8Array;
parentPort?.postMessage(preparePrompt(Buffer.from(buffer, byteOffset, byteLength)));
