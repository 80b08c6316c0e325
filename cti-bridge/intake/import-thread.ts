/** The thread in which one file is read: looked at, checked, or imported to its end. Rows go to the store's writer by a port of their own. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckOutcome, FileLook, FileOutcome } from '../crm/index.ts';
import { UnreadableFile } from './decoders/decoded.ts';
import { lookAtFile } from './look-at-file.ts';
import { StoppedByStore } from './stopped-by-store.ts';
import type { IntakeNews, IntakeTask } from './thread-protocol.ts';

const port = parentPort;
if (!port) throw new Error('This program runs as a thread of the intake.');
// A list can wait, a call cannot. On Linux a priority is the thread's own; elsewhere it would be the whole bridge's.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);
const task = workerData as IntakeTask;
const tell = (news: IntakeNews) => port.postMessage(news);

async function perform(): Promise<FileLook | CheckOutcome | null> {
  switch (task.kind) {
    case 'look':
      return lookAtFile(task.file, task.fileName, task.chosen);
    case 'check':
      return (await import('./import-file.ts')).checkRows(task.file, task.setting, task.door);
    case 'run':
      await (await import('./import-file.ts')).runImport(task.file, task.setting, task.door, (progress) =>
        tell({ kind: 'progress', progress }),
      );
      return null;
  }
}

/** What is nobody's fault but ours is thrown, and ends the thread with it. */
async function outcome(): Promise<FileOutcome<FileLook | CheckOutcome | null>> {
  try {
    return { ok: true, value: await perform() };
  } catch (error) {
    if (error instanceof UnreadableFile) return { ok: false, failure: error.reason };
    if (error instanceof StoppedByStore) {
      if (error.why === 'storeFailed') tell({ kind: 'storeFailed', message: error.message });
      return { ok: false, failure: error.why };
    }
    throw error;
  }
}

try {
  tell({ kind: 'ended', outcome: await outcome() });
} finally {
  if ('door' in task) task.door.close();
}
