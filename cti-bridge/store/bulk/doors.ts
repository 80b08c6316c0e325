import type { MessagePort } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import type { Checkpoints } from '../workers/checkpoints.ts';
import type { Turn } from '../workers/turns.ts';
import { serveBulkDoor } from './door.ts';

/** Rows of a list go all over the indexes: with the two megabytes of the default, most pages would be read again and again. */
const cacheKb = 65_536;
/** What the log keeps of the disk once it starts over. */
const logBytesAfter = 16 * 1024 * 1024;

/** The writer's doors for mass work, and what the database is set to while one of them is open. */
export class BulkDoors {
  readonly #sqlite: Sqlite.Database;
  readonly #checkpoints: Checkpoints;
  readonly #cacheBefore: number;
  #open = 0;

  constructor(sqlite: Sqlite.Database, checkpoints: Checkpoints) {
    this.#sqlite = sqlite;
    this.#checkpoints = checkpoints;
    this.#cacheBefore = Number(sqlite.pragma('cache_size', { simple: true }));
  }

  serve(port: MessagePort, turn: Turn): void {
    if (this.#open++ === 0) {
      this.#sqlite.pragma(`cache_size = -${cacheKb}`);
      this.#sqlite.pragma('journal_size_limit = -1');
    }
    port.once('close', () => this.#closed());
    serveBulkDoor(port, this.#sqlite, turn, this.#checkpoints);
  }

  #closed(): void {
    if (--this.#open > 0 || !this.#sqlite.open) return;
    this.#sqlite.pragma(`cache_size = ${this.#cacheBefore}`);
    this.#sqlite.pragma(`journal_size_limit = ${logBytesAfter}`);
    this.#sqlite.pragma('shrink_memory');
  }
}
