import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingFiles } from '../interactions/index.ts';

/** Ids of ours, which are all that a recording is ever named by. */
const isId = (name: string) => /^[0-9A-Za-z_-]{1,64}$/.test(name);
const ending = '.wav';
/** As whoever writes them lays them out: a header of so many bytes, then 8 kHz in two channels of a byte each. */
const headerBytes = 58;
const bytesPerMs = 16;

/** Recordings as files in a folder of the data folder, which the media workers write. */
export function createRecordingFiles(dataFolder: string): RecordingFiles & { readonly folder: string } {
  const folder = join(dataFolder, 'recordings');
  const fileOf = (recordingId: string) => join(folder, recordingId + ending);
  const sizeOf = async (recordingId: string) => {
    const found = isId(recordingId) ? await stat(fileOf(recordingId)).catch(() => null) : null;
    return found?.isFile() ? found.size : null;
  };
  return {
    folder,
    async open(recordingId) {
      const bytes = await sizeOf(recordingId);
      return bytes === null ? null : { bytes, read: (from, to) => createReadStream(fileOf(recordingId), { start: from, end: to }) };
    },
    async durationMs(recordingId) {
      const bytes = await sizeOf(recordingId);
      return bytes === null ? null : Math.max(0, Math.floor((bytes - headerBytes) / bytesPerMs));
    },
    async remove(recordingId) {
      if (isId(recordingId)) await rm(fileOf(recordingId), { force: true });
    },
  };
}

/** Takes away sound that nobody knows of: a bridge that was killed between a row's end and its file's. Before anything is recorded. */
export async function removeUnknownRecordings(
  dataFolder: string,
  known: (recordingIds: readonly string[]) => Promise<readonly string[]>,
): Promise<number> {
  const folder = join(dataFolder, 'recordings');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ending));
  let removed = 0;
  for (let from = 0; from < names.length; from += 500) {
    const few = names.slice(from, from + 500).map((name) => name.slice(0, -ending.length));
    const kept = new Set(await known(few));
    for (const recordingId of few.filter((each) => !kept.has(each))) {
      await rm(join(folder, recordingId + ending), { force: true });
      removed++;
    }
  }
  return removed;
}
