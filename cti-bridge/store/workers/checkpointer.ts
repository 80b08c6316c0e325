/** A thread that brings what was written from the log into the database, so that the writer does not. It opens the file, and asks nothing of it. */
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

/** In pages. `isBusy`: somebody else was doing it. `isAsked`: of the pass that was ordered. */
export interface CheckpointNews {
  readonly inLog: number;
  readonly inDatabase: number;
  readonly isBusy: boolean;
  readonly isAsked: boolean;
}
/** A pass now, instead of when the rest is over. */
export type CheckpointOrder = 'pass';

/** Pages that are changed again and again are copied once in so long. */
const restMs = 3_000;

const port = parentPort;
if (!port) throw new Error('This program runs as a thread of the store.');
const sqlite = new Sqlite(workerData as string, { fileMustExist: true });
let timer: NodeJS.Timeout | undefined;

port.on('message', (_order: CheckpointOrder) => {
  clearTimeout(timer);
  pass(true);
});

function pass(isAsked: boolean): void {
  // Passive: waits for nobody, and nobody waits for it.
  const [answer] = sqlite.pragma('wal_checkpoint(PASSIVE)') as readonly { busy: number; log: number; checkpointed: number }[];
  const { busy = 1, log = 0, checkpointed = 0 } = answer ?? {};
  port?.postMessage({ inLog: log, inDatabase: checkpointed, isBusy: busy !== 0, isAsked } satisfies CheckpointNews);
  timer = setTimeout(() => pass(false), restMs);
}
pass(false);
