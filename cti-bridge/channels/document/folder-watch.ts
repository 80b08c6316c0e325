import type { Stats } from 'node:fs';
import { lstat, mkdir, readdir, rename } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { seconds } from '../../../shared/duration.ts';
import type { Arrivals } from '../../interactions/index.ts';
import { type Clock, type Log, type TimerHandle, withTimeLimit } from '../../kernel/index.ts';
import { openWhole } from './whole-file.ts';

/** Where what was taken lies. */
export const takenFolder = 'taken';
const lookEveryMs = seconds(2);
/** A folder on another machine may hang for ever; whoever stops does not wait for it longer than this. */
const stopLimitMs = seconds(5);

/** Why something is left where it lies. */
type Left = 'notAFile' | 'link' | 'unreadable' | 'tooLarge' | 'notMoved';

export interface FolderWatchParts {
  readonly sourceId: string;
  readonly folder: string;
  readonly arrivals: Pick<Arrivals, 'keep'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxBytes: number;
  /** Told after every look; null: all is well, otherwise in plain words. */
  report(why: string | null): void;
}

/**
 * A folder into which a scanner or a person lays documents. One that has kept size and time from one look to the next is whole; it is stored, and
 * only then moved into `taken/`. Stopped between the two, it is known by its digest when it is met again, and moved. What cannot be taken stays,
 * and the log says so once; names stay out of the log, since people's names stand in them.
 */
export class FolderWatch {
  readonly #parts: FolderWatchParts;
  #seen = new Map<string, string>();
  /** What was left, in which state and why, so that it is said once. */
  #left = new Map<string, string>();
  #timer: TimerHandle | undefined;
  #isStopped = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: FolderWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#looking = this.#look()
      .then(
        () => this.#isStopped || this.#parts.report(null),
        (error: unknown) => this.#isStopped || this.#parts.report(plainWords(error)),
      )
      .then(() => {
        if (!this.#isStopped) this.#timer = this.#parts.clock.timer(lookEveryMs, () => this.start());
      });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await withTimeLimit(this.#parts.clock, stopLimitMs, 'the look into a folder', this.#looking).catch(() => {
      this.#parts.log.warn('document:folderHangs', { sourceId: this.#parts.sourceId });
    });
  }

  /** Rejects where the folder cannot be looked into, or the store takes nothing at the moment. */
  async #look(): Promise<void> {
    await mkdir(join(this.#parts.folder, takenFolder), { recursive: true });
    const seen = new Map<string, string>();
    const left = new Map<string, string>();
    const leave = (name: string, state: string, why: Left) => {
      const said = `${state} ${why}`;
      left.set(name, said);
      if (this.#left.get(name) !== said) this.#parts.log.warn('document:left', { sourceId: this.#parts.sourceId, why });
    };
    try {
      for (const name of (await readdir(this.#parts.folder)).toSorted()) {
        if (this.#isStopped) return;
        if (name === takenFolder || isNotYet(name)) continue;
        const found = await lstat(join(this.#parts.folder, name)).catch(() => null);
        if (!found) continue;
        const state = `${found.size} ${found.mtimeMs}`;
        if (found.isSymbolicLink()) leave(name, state, 'link');
        // What is written into a folder changes the folder.
        else if (!found.isFile()) leave(name, '', 'notAFile');
        else if (found.size > this.#parts.maxBytes) leave(name, state, 'tooLarge');
        else if (found.size === 0) continue;
        else if (this.#seen.get(name) !== state) seen.set(name, state);
        else {
          const why = await this.#take(name, found);
          if (why === 'changed') continue;
          if (why !== null) {
            seen.set(name, state);
            leave(name, state, why);
          }
        }
      }
    } catch (error) {
      // What was whole stays whole while the store is away.
      for (const [name, state] of this.#seen) if (!seen.has(name)) seen.set(name, state);
      throw error;
    } finally {
      this.#seen = seen;
      this.#left = left;
    }
  }

  /** Null: it is stored and moved. `changed`: somebody still writes into it. */
  async #take(name: string, found: Stats): Promise<Left | 'changed' | null> {
    const { arrivals, clock, log, sourceId, folder } = this.#parts;
    const path = join(folder, name);
    await using file = await openWhole(path, found);
    if (file.kind !== 'whole') return file.kind;
    const outcome = await arrivals
      .keep({
        ...{ channel: 'document', sourceId, onceKey: file.digest, receivedAt: clock.now() },
        envelope: { from: null, to: [], fileName: name.toWellFormed().slice(0, 255) },
        content: file.content(),
      })
      .catch((error: unknown) => {
        if (file.isChanged) return 'changed' as const;
        throw new StoreAway(error);
      });
    if (outcome === 'changed' || outcome === 'tooLarge') return outcome;
    try {
      await this.#move(path, name);
    } catch {
      return 'notMoved';
    }
    log.info('document:taken', { sourceId, outcome, bytes: found.size });
    return null;
  }

  /** Two of the same name are two: the second has the time before its name. */
  async #move(path: string, name: string): Promise<void> {
    const { folder, clock } = this.#parts;
    const isThere = await lstat(join(folder, takenFolder, name)).catch(() => null);
    const stamp = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-');
    const { name: stem, ext } = parse(name);
    await rename(path, join(folder, takenFolder, isThere ? `${stamp} ${stem}${ext}` : name));
  }
}

/** Hidden, or by its name still being written by some program. */
const isNotYet = (name: string) => /^[.~]|\.(part|partial|crdownload|tmp|temp|filepart)$|~$/i.test(name);

class StoreAway extends Error {
  constructor(cause: unknown) {
    super('The store does not take documents at the moment; they wait in their folder.', { cause });
  }
}

function plainWords(error: unknown): string {
  if (error instanceof StoreAway) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'The folder may not be read and written by the bridge.';
    case 'ENOENT':
      return 'The folder is not there.';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'What stands at this place is no folder.';
    default:
      return `The folder cannot be looked into (${code ?? String(error)}).`;
  }
}
