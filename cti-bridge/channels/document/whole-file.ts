import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** A file that was found whole, held open so that it stays the same file whatever its folder says meanwhile. */
export type WholeFile =
  | (AsyncDisposable & {
      readonly kind: 'whole';
      /** Lower-case hex of its SHA-256. */
      readonly digest: string;
      /** Rejects at its end where the bytes are not those of the digest. */
      content(): AsyncIterable<Uint8Array>;
      /** It was written into since. */
      readonly isChanged: boolean;
    })
  | (AsyncDisposable & { readonly kind: 'unreadable' | 'link' | 'changed' });

/** Opens what `found` told of, following no link and waiting for no pipe. */
export async function openWhole(path: string, found: Stats): Promise<WholeFile> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return notWhole(code === 'ELOOP' ? 'link' : code === 'ENOENT' ? 'changed' : 'unreadable');
  }
  try {
    const now = await handle.stat();
    const isSame = now.isFile() && now.size === found.size && now.mtimeMs === found.mtimeMs && now.ino === found.ino;
    const digest = isSame ? await digestOf(handle) : null;
    if (digest !== null) return new Whole(handle, digest);
  } catch {
    await handle.close();
    return notWhole('unreadable');
  }
  await handle.close();
  return notWhole('changed');
}

const notWhole = (kind: 'unreadable' | 'link' | 'changed') => ({ kind, [Symbol.asyncDispose]: async () => undefined });

class Whole {
  readonly kind = 'whole';
  readonly digest: string;
  readonly #handle: FileHandle;
  #isChanged = false;

  constructor(handle: FileHandle, digest: string) {
    this.#handle = handle;
    this.digest = digest;
  }

  get isChanged(): boolean {
    return this.#isChanged;
  }

  async *content(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    for await (const chunk of bytesOf(this.#handle)) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest('hex') === this.digest) return;
    this.#isChanged = true;
    throw new Error('the file was written into while it was read');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

async function digestOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytesOf(handle)) hash.update(chunk);
  return hash.digest('hex');
}

const bytesOf = (handle: FileHandle) => handle.createReadStream({ autoClose: false, start: 0 }) as AsyncIterable<Uint8Array>;
