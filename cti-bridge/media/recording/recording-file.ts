import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Law, sampleRate } from '../codec/g711.ts';
import { channels, headerBytes, readRecordingHeader, writeRecordingHeader } from './recording-header.ts';

/** A disk that stands still for longer than this has lost the recording; what waits for it must not fill the worker's memory. */
const longestBacklogMs = 30_000;
const bytesPerMs = (sampleRate * channels) / 1000;

/** Where a recording's blocks go, in order. */
export interface BlockFile {
  readonly law: Law;
  append(block: Buffer): void;
  /** Resolves when everything is written, or could not be. */
  close(): Promise<void>;
}

/**
 * A recording on disk. Sound is written behind the sound that is there, then the header is told of it, so that the file is a whole one after
 * every write: a kill takes the last second, never the recording. A file that is there already is one a worker before this one left behind:
 * it is continued.
 */
export class RecordingFile implements BlockFile {
  readonly law: Law;
  readonly #handle: FileHandle;
  readonly #onFailure: (error: unknown) => void;
  #dataBytes: number;
  #waiting = 0;
  #writing: Promise<void> = Promise.resolve();
  #hasFailed = false;

  /** Rejects with the system's error (`code` ENOSPC, EACCES, EROFS ...), or EEXIST for a file that is not a recording. `onFailure` is told once. */
  static async open(path: string, law: Law, onFailure: (error: unknown) => void): Promise<RecordingFile> {
    await mkdir(dirname(path), { recursive: true });
    // Not through a link that somebody laid there, and for no other user of the machine to read.
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
    try {
      const { size } = await handle.stat();
      const file = size === 0 ? new RecordingFile(handle, law, 0, onFailure) : await RecordingFile.#continue(handle, path, size, onFailure);
      await file.#writeAll(writeRecordingHeader(file.law, file.#dataBytes), 0);
      return file;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  static async #continue(handle: FileHandle, path: string, size: number, onFailure: (error: unknown) => void): Promise<RecordingFile> {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    const header = bytesRead === headerBytes ? readRecordingHeader(buffer) : null;
    if (!header) throw Object.assign(new Error(`${path} is there and is not a recording`), { code: 'EEXIST' });
    // Sound that the header was not told of any more, or that a power failure took after it was.
    const dataBytes = Math.min(header.dataBytes, size - headerBytes);
    await handle.truncate(headerBytes + dataBytes);
    return new RecordingFile(handle, header.law, dataBytes - (dataBytes % channels), onFailure);
  }

  private constructor(handle: FileHandle, law: Law, dataBytes: number, onFailure: (error: unknown) => void) {
    this.#handle = handle;
    this.law = law;
    this.#dataBytes = dataBytes;
    this.#onFailure = onFailure;
  }

  append(block: Buffer): void {
    if (this.#hasFailed) return;
    this.#waiting += block.length;
    if (this.#waiting > longestBacklogMs * bytesPerMs) return this.#fail(new Error('the disk does not keep up'));
    this.#writing = this.#writing.then(() => this.#write(block)).catch((error: unknown) => this.#fail(error));
  }

  async close(): Promise<void> {
    await this.#writing;
    try {
      if (!this.#hasFailed) await this.#handle.datasync();
    } catch (error) {
      // A device that is no file cannot be asked to keep what it was given.
      if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) this.#fail(error);
    } finally {
      await this.#handle.close();
    }
  }

  async #write(block: Buffer): Promise<void> {
    if (this.#hasFailed) return;
    await this.#writeAll(block, headerBytes + this.#dataBytes);
    this.#dataBytes += block.length;
    await this.#writeAll(writeRecordingHeader(this.law, this.#dataBytes), 0);
    this.#waiting -= block.length;
  }

  /** A disk that fills up takes a part first, and says so only when asked again. */
  async #writeAll(bytes: Buffer, position: number): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, position + at);
      at += bytesWritten;
    }
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#onFailure(error);
  }
}
