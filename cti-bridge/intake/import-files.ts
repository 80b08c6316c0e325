import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { CheckOutcome, FileLook, FileOutcome, ImportFiles, RunSetting } from '../crm/index.ts';
import { type Log, programFile } from '../kernel/index.ts';
import { DoorClient } from './door-client.ts';
import { StoppedByStore } from './stopped-by-store.ts';
import type { IntakeNews, IntakeTask, RunProgress } from './thread-protocol.ts';

/** A larger file is refused while it comes in. */
export const uploadLimitBytes = 512 * 1024 * 1024;

/** Texts that a workbook shares are held while it is read; what does not fit in this is refused as too large instead of filling the machine. */
const threadLimits = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 32 };

export interface IntakeParts {
  /** Where uploaded files lie until they have been imported. Made if absent. */
  readonly folder: string;
  readonly log: Log;
  /** A port to the store's writer for one task. */
  openDoor(): MessagePort;
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Uploaded files and the threads that read them. A file is named by the id of its import, whatever its sender called it. */
export class ImportIntake implements ImportFiles {
  readonly #parts: IntakeParts;
  readonly #threads = new Set<Worker>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Takes in a file as it comes; nothing is left of one that breaks off or is too large. The bytes received. */
  async receive(importId: string, content: AsyncIterable<Uint8Array>): Promise<number | 'tooLarge'> {
    await mkdir(this.#parts.folder, { recursive: true });
    const partial = `${this.#file(importId)}.part`;
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        bytes += chunk.length;
        done(bytes > uploadLimitBytes ? new TooLarge('The file is too large.') : null, chunk);
      },
    });
    try {
      await pipeline(content, counted, createWriteStream(partial));
      await rename(partial, this.#file(importId));
      return bytes;
    } catch (error) {
      await rm(partial, { force: true });
      if (error instanceof TooLarge) return 'tooLarge';
      throw error;
    }
  }

  look(importId: string, fileName: string, chosen: Parameters<ImportFiles['look']>[2]): Promise<FileOutcome<FileLook>> {
    const task: IntakeTask = { kind: 'look', file: this.#file(importId), fileName, chosen: withoutNulls(chosen) };
    return this.#thread(task).ended as Promise<FileOutcome<FileLook>>;
  }

  async check(importId: string, setting: RunSetting): Promise<FileOutcome<CheckOutcome>> {
    const task: IntakeTask = { kind: 'check', file: this.#file(importId), setting, door: this.#parts.openDoor() };
    return this.#thread(task).ended as Promise<FileOutcome<CheckOutcome>>;
  }

  run(importId: string, setting: RunSetting, onProgress: (progress: RunProgress) => void): ReturnType<ImportFiles['run']> {
    const task: IntakeTask = { kind: 'run', file: this.#file(importId), setting, door: this.#parts.openDoor() };
    return this.#thread(task, onProgress) as ReturnType<ImportFiles['run']>;
  }

  async undo(undo: Parameters<ImportFiles['undo']>[0], onProgress: (takenBack: number) => void): ReturnType<ImportFiles['undo']> {
    const door = this.#parts.openDoor();
    try {
      const client = new DoorClient(door);
      client.onUndoing = onProgress;
      const reply = await client.ask({ kind: 'undo', ...undo });
      return reply.kind === 'undone' ? { ok: true, value: { kept: reply.kept } } : { ok: false, failure: 'storeFailed' };
    } catch (error) {
      if (!(error instanceof StoppedByStore)) throw error;
      this.#parts.log.error('intake:undoFailed', { importId: undo.importId, message: error.message });
      return { ok: false, failure: 'storeFailed' };
    } finally {
      door.close();
    }
  }

  async remove(importId: string): Promise<void> {
    await rm(this.#file(importId), { force: true });
  }

  async keepOnly(importIds: readonly string[]): Promise<void> {
    const kept = new Set(importIds);
    const names = await readdir(this.#parts.folder).catch(() => []);
    for (const name of names.filter((each) => !kept.has(each))) await rm(join(this.#parts.folder, name), { force: true });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  #file(importId: string): string {
    if (!/^[0-9a-z-]{1,64}$/i.test(importId)) throw new Error(`${importId} is no id of an import.`);
    return join(this.#parts.folder, importId);
  }

  #thread(task: IntakeTask, onProgress?: (progress: RunProgress) => void): { ended: Promise<FileOutcome<unknown>>; stop(): void } {
    const { promise, resolve } = Promise.withResolvers<FileOutcome<unknown>>();
    const thread = new Worker(programFile('intake/import-thread'), {
      workerData: task,
      transferList: 'door' in task ? [task.door] : [],
      resourceLimits: threadLimits,
    });
    this.#threads.add(thread);
    thread.on('message', (news: IntakeNews) => {
      if (news.kind === 'progress') onProgress?.(news.progress);
      else if (news.kind === 'storeFailed') this.#parts.log.error('intake:storeFailed', { task: task.kind, message: news.message });
      else resolve(news.outcome);
    });
    thread.on('error', (error: Error & { code?: string }) => {
      const isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const isGone = error.code === 'ENOENT';
      // No text of the file: a message of a parser may quote it.
      this.#parts.log.error('intake:threadFailed', { task: task.kind, error: error.name, code: error.code ?? null });
      resolve({ ok: false, failure: isOutOfMemory ? 'tooLargeUnpacked' : isGone ? 'fileGone' : 'stopped' });
    });
    thread.once('exit', () => {
      this.#threads.delete(thread);
      resolve({ ok: false, failure: 'stopped' });
    });
    return { ended: promise, stop: () => void thread.terminate() };
  }
}

function withoutNulls(chosen: Parameters<ImportFiles['look']>[2]): {
  encoding?: NonNullable<typeof chosen.encoding>;
  delimiter?: NonNullable<typeof chosen.delimiter>;
} {
  return { ...(chosen.encoding && { encoding: chosen.encoding }), ...(chosen.delimiter && { delimiter: chosen.delimiter }) };
}
