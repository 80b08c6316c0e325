import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail that has come in as a whole, byte for byte, and is not yet stored. Whoever took it disposes it. */
export interface SpooledMail {
  readonly bytes: number;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
  /** May be read more than once. Once disposed it rejects: who comes late must not take an empty mail for this one. */
  read(): AsyncIterable<Uint8Array>;
  dispose(): Promise<void>;
}

/** Most mails are smaller; a larger one lies in a file until it is stored. */
const inMemoryBytes = 256 * 1024;

/**
 * Where a mail is while it comes in. It is whole before it is offered to be stored, so that a line that breaks leaves nothing, and its digest is
 * known before anybody asks whether we have it.
 */
export class Spool {
  readonly #folder: string;
  #isReady: Promise<void> | undefined;

  /** `folder` is this spool's alone: what a run that ended badly has left in it is removed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads to the end, also what is `tooLarge`, so that the other side can be answered. Rejects when the source or the disk does; nothing stays. */
  async take(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<SpooledMail | 'tooLarge'> {
    const hash = createHash('sha256');
    const held: Uint8Array[] = [];
    let bytes = 0;
    let file: { readonly path: string; readonly handle: FileHandle } | undefined;
    const discard = async () => {
      held.length = 0;
      if (!file) return;
      const { path, handle } = file;
      file = undefined;
      await handle.close().catch(() => {}); // it goes anyway
      await rm(path, { force: true });
    };
    try {
      for await (const chunk of content) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          await discard();
          continue;
        }
        hash.update(chunk);
        if (file) await writeAll(file.handle, chunk);
        else held.push(chunk);
        if (file || bytes <= inMemoryBytes) continue;
        file = await this.#newFile();
        for (const part of held) await writeAll(file.handle, part);
        held.length = 0;
      }
      if (bytes > maxBytes) return 'tooLarge';
      await file?.handle.close();
    } catch (error) {
      await discard();
      throw error;
    }
    const path = file?.path;
    let isDisposed = false;
    const inMemory = async function* () {
      if (isDisposed) throw new Error('This mail is no longer in the spool.');
      yield* [...held];
    };
    return {
      bytes,
      digest: hash.digest('hex'),
      read: () => (path === undefined ? inMemory() : createReadStream(path)),
      dispose: async () => {
        isDisposed = true;
        held.length = 0;
        if (path !== undefined) await rm(path, { force: true });
      },
    };
  }

  async #newFile() {
    this.#isReady ??= this.#prepare();
    await this.#isReady.catch((error: unknown) => {
      this.#isReady = undefined; // the disk may have room again
      throw error;
    });
    const path = join(this.#folder, `${randomUUID()}.eml`);
    return { path, handle: await open(path, 'wx', 0o600) };
  }

  async #prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const left = (await readdir(this.#folder)).filter((name) => name.endsWith('.eml'));
    await Promise.all(left.map((name) => rm(join(this.#folder, name), { force: true })));
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
}
