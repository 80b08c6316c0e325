import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttachmentFiles, type StoredFile, sniffedBytes } from '../crm/index.ts';

/** Ids of ours, which are all that a file is ever named by: a name that somebody gave never reaches the disk. */
const isId = (name: string) => /^[0-9A-Za-z._-]{1,64}$/.test(name) && !name.startsWith('.');
const unfinished = '.part';

/** Attachments as files in a folder of the data folder, made when the first one comes. */
export function createAttachmentFiles(dataFolder: string): AttachmentFiles {
  const folder = join(dataFolder, 'attachments');
  const fileOf = (attachmentId: string) => {
    if (!isId(attachmentId)) throw new Error(`${JSON.stringify(attachmentId)} is no id of an attachment`);
    return join(folder, attachmentId);
  };
  return {
    async write(attachmentId, content) {
      const file = fileOf(attachmentId);
      const part = file + unfinished;
      await mkdir(folder, { recursive: true });
      const handle = await open(part, 'wx', 0o600);
      try {
        const stored = await writeAll(handle, content);
        await handle.sync();
        await handle.close();
        await rename(part, file);
        return stored;
      } catch (error) {
        await handle.close().catch(() => undefined);
        await rm(part, { force: true });
        throw error;
      }
    },
    async open(attachmentId) {
      if (!isId(attachmentId)) return null;
      const found = await stat(fileOf(attachmentId)).catch(() => null);
      return found?.isFile() ? { bytes: found.size, content: createReadStream(fileOf(attachmentId)) } : null;
    },
    remove: (attachmentId) => rm(fileOf(attachmentId), { force: true }),
  };
}

/**
 * Takes away what nobody knows: a bridge that was killed between the file and its row, or between the row's end and the file's. Before anything
 * is added.
 */
export async function removeOrphans(
  dataFolder: string,
  known: (attachmentIds: readonly string[]) => Promise<readonly string[]>,
): Promise<number> {
  const folder = join(dataFolder, 'attachments');
  const names = await readdir(folder).catch(() => []);
  let removed = 0;
  for (let from = 0; from < names.length; from += 500) {
    const few = names.slice(from, from + 500);
    const kept = new Set(await known(few.filter((name) => !name.endsWith(unfinished))));
    for (const name of few.filter((each) => !kept.has(each))) {
      await rm(join(folder, name), { force: true });
      removed++;
    }
  }
  return removed;
}

async function writeAll(handle: FileHandle, content: AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    if (bytes < sniffedBytes) head.push(chunk.slice(0, sniffedBytes - bytes));
    bytes += chunk.byteLength;
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  return { bytes, sha256: hash.digest('hex'), head: Buffer.concat(head) };
}
