import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessageFiles } from '../interactions/index.ts';

/** Ids of ours, which are all that a file is ever named by: a name that somebody gave never reaches the disk. */
const isId = (id: string) => /^[0-9A-Za-z._-]{1,64}$/.test(id) && !id.startsWith('.');
/** Enough to tell what kind of file it is. */
const headBytes = 4_100;

/** What arrived and the files of messages, each in a folder of its own in the data folder, made when the first one comes. */
export function createMessageFiles(dataFolder: string): MessageFiles {
  const root = join(dataFolder, 'messages');
  const pathOf: MessageFiles['path'] = (kind, id) => {
    if (!isId(id)) throw new Error(`${JSON.stringify(id)} is no id of a file`);
    return join(root, kind, id);
  };
  return {
    path: pathOf,
    async write(kind, id, content, limit) {
      const path = pathOf(kind, id);
      const part = `${path}.part`;
      await mkdir(join(root, kind), { recursive: true, mode: 0o700 });
      const handle = await open(part, 'wx', 0o600);
      const hash = createHash('sha256');
      const head: Uint8Array[] = [];
      let bytes = 0;
      let isWhole = false;
      try {
        for await (const chunk of content) {
          if (bytes < headBytes) head.push(chunk.slice(0, headBytes - bytes));
          bytes += chunk.byteLength;
          if (bytes > limit) return 'tooLarge';
          hash.update(chunk);
          await handle.writeFile(chunk);
        }
        await handle.sync();
        isWhole = true;
      } finally {
        await handle.close().catch(() => undefined);
        if (!isWhole) await rm(part, { force: true });
      }
      await rename(part, path);
      return { bytes, digest: hash.digest('hex'), head: Buffer.concat(head) };
    },
    async open(kind, id) {
      if (!isId(id)) return null;
      const found = await stat(pathOf(kind, id)).catch(() => null);
      return found?.isFile() ? { bytes: found.size, content: createReadStream(pathOf(kind, id)) } : null;
    },
    async adopt(id, path) {
      const hash = createHash('sha256');
      const handle = await open(path, 'r+');
      let bytes = 0;
      try {
        for await (const chunk of handle.createReadStream({ autoClose: false, start: 0 })) {
          hash.update(chunk as Uint8Array);
          bytes += (chunk as Uint8Array).byteLength;
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      await mkdir(join(root, 'files'), { recursive: true, mode: 0o700 });
      await rename(path, pathOf('files', id));
      return { bytes, digest: hash.digest('hex') };
    },
    async workFolder() {
      await mkdir(join(root, 'work'), { recursive: true, mode: 0o700 });
      const folder = await mkdtemp(join(root, 'work', 'mail-'));
      return { folder, done: () => rm(folder, { recursive: true, force: true }) };
    },
    remove: (kind, id) => rm(pathOf(kind, id), { force: true }),
  };
}

type Known = (ids: readonly string[]) => Promise<readonly string[]>;

/**
 * Takes away what a bridge that was killed left between bytes and their row: files nobody knows, halves of files, folders in which mails were
 * taken apart. Before anything comes in. How many.
 */
export async function removeUnknownMessageFiles(
  dataFolder: string,
  known: { readonly arrivals: Known; readonly files: Known },
): Promise<number> {
  const root = join(dataFolder, 'messages');
  let removed = 0;
  for (const kind of ['arrivals', 'files'] as const) {
    const names = await readdir(join(root, kind)).catch(() => []);
    for (let from = 0; from < names.length; from += 500) {
      const few = names.slice(from, from + 500);
      const kept = new Set(await known[kind](few));
      for (const name of few.filter((each) => !kept.has(each))) {
        await rm(join(root, kind, name), { recursive: true, force: true });
        removed++;
      }
    }
  }
  await rm(join(root, 'work'), { recursive: true, force: true });
  return removed;
}
