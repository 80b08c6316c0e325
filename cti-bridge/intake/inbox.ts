import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { seconds } from '../../shared/duration.ts';
import type { Clock, Log, TimerHandle } from '../kernel/index.ts';
import { decodeFile, detectReading } from './decoders/decode-file.ts';
import { UnreadableFile } from './decoders/decoded.ts';
import { jsonElements } from './decoders/json-elements.ts';
import { rowAsResource } from './rows-as-resources.ts';

const lookEveryMs = seconds(2);
const atOnce = 200;
const taking = '.taking';

/** What became of one resource. */
export interface TakenLine {
  readonly outcome: string;
  readonly id: string | null;
}

export interface InboxParts {
  /** Where other systems put their files. Made if absent. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** One outcome each, in order; on disk when it resolves. */
  take(resources: readonly unknown[]): Promise<readonly TakenLine[]>;
}

/**
 * The folder into which other systems put production data: lists of TMF resources as a JSON array, one a line (NDJSON), or as a table (CSV,
 * .xlsx) whose columns are named after their places. A file is taken when it has kept its size from one look to the next; whoever writes
 * slowly names it `*.part` until it is whole. Taken, it is stored and then removed, and `reports/` says what became of each row: row numbers
 * and ids, nothing else. One that cannot be read stays as `*.refused`.
 *
 * A file that was being taken when the bridge stopped is taken again: the same resource of the same sender again is a change that changes
 * nothing.
 */
export class Inbox {
  readonly #parts: InboxParts;
  #seen = new Map<string, string>();
  #timer: TimerHandle | undefined;
  #isStopped = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    await mkdir(join(this.#parts.folder, 'reports'), { recursive: true });
    for (const name of await readdir(this.#parts.folder)) {
      if (name.endsWith(taking)) await rename(this.#at(name), this.#at(name.slice(0, -taking.length)));
    }
    this.#next();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await this.#looking;
  }

  /** Takes away the files that could not be read, because nobody can say whom they name. How many. */
  async removeRefused(): Promise<number> {
    const refused = (await readdir(this.#parts.folder)).filter((name) => name.endsWith('.refused'));
    for (const name of refused) await rm(this.#at(name), { force: true });
    return refused.length;
  }

  #next(): void {
    if (this.#isStopped) return;
    this.#timer = this.#parts.clock.timer(lookEveryMs, () => {
      this.#looking = this.#look()
        .catch((error: unknown) => this.#parts.log.error('inbox:failed', { error: String(error) }))
        .then(() => this.#next());
    });
  }

  async #look(): Promise<void> {
    const now = new Map<string, string>();
    for (const name of (await readdir(this.#parts.folder)).toSorted()) {
      if (this.#isStopped || name.startsWith('.') || !/\.(json|ndjson|jsonl|csv|xlsx)$/i.test(name)) continue;
      const found = await stat(this.#at(name)).catch(() => null);
      if (!found?.isFile() || found.size === 0) continue;
      const state = `${found.size} ${found.mtimeMs}`;
      if (this.#seen.get(name) === state) await this.#takeFile(name);
      else now.set(name, state);
    }
    this.#seen = now;
  }

  async #takeFile(name: string): Promise<void> {
    const { log, clock } = this.#parts;
    const file = this.#at(`${name}${taking}`);
    await rename(this.#at(name), file);
    const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
    const report = await open(join(this.#parts.folder, 'reports', `${name}.${stamp}.ndjson`), 'w');
    try {
      const counts = await this.#takeResources(file, name, report);
      await report.write(`${JSON.stringify({ file: name, ...counts })}\n`);
      await rm(file);
      log.info('inbox:taken', { ...counts });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) {
        // The store is away: the file waits for a better time.
        await rename(file, this.#at(name));
        throw error;
      }
      await report.write(`${JSON.stringify({ file: name, failure: error.reason })}\n`);
      await rename(file, this.#at(`${name}.refused`));
      log.warn('inbox:refused', { reason: error.reason });
    } finally {
      await report.close();
    }
  }

  async #takeResources(file: string, name: string, report: FileHandle): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = { read: 0 };
    const tell = (row: number, outcome: string, id: string | null) => {
      counts.read = (counts.read ?? 0) + 1;
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      return JSON.stringify({ row, outcome, id });
    };
    let waiting: { readonly row: number; readonly value: unknown }[] = [];
    const flush = async () => {
      const some = waiting;
      waiting = [];
      const taken = some.length === 0 ? [] : await this.#parts.take(some.map(({ value }) => value));
      const lines = some.map(({ row }, at) => tell(row, taken[at]?.outcome ?? 'refused', taken[at]?.id ?? null));
      if (lines.length > 0) await report.write(`${lines.join('\n')}\n`);
    };
    for await (const element of resourcesOf(file, name)) {
      if ('isUnreadable' in element) await report.write(`${tell(element.row, 'unreadable', null)}\n`);
      else waiting.push(element);
      if (waiting.length >= atOnce) await flush();
    }
    await flush();
    return counts;
  }

  #at(name: string): string {
    return join(this.#parts.folder, name);
  }
}

async function* resourcesOf(
  file: string,
  name: string,
): AsyncGenerator<{ readonly row: number; readonly value: unknown } | { readonly row: number; readonly isUnreadable: true }> {
  if (!/\.(csv|xlsx)$/i.test(name)) {
    yield* jsonElements(() => createReadStream(file));
    return;
  }
  let header: readonly string[] | null = null;
  for await (const { rows, faults } of decodeFile(file, await detectReading(file, name))) {
    for (const { row } of faults) yield { row, isUnreadable: true };
    for (const { row, cells } of rows) {
      if (header === null) header = cells;
      else yield { row, value: rowAsResource(header, cells) };
    }
  }
}
