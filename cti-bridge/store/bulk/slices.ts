import type Sqlite from 'better-sqlite3';
import type { Checkpoints } from '../workers/checkpoints.ts';
import type { Turn } from '../workers/serve.ts';

/**
 * How long a slice may take after so much quiet, the longest quiet first. No call waits longer for its own unit of work. The longer a slice,
 * the cheaper its rows, because each slice writes again the pages of the indexes that it touched: the first call after a quiet time waits for
 * one of the longer ones.
 */
const slices = [
  { quietMs: 5_000, sliceMs: 250 },
  { quietMs: 500, sliceMs: 40 },
  { quietMs: 0, sliceMs: 8 },
] as const;

/** Units of work of some milliseconds, each in its turn. One is flushed to the disk with the next unit of work of a call. */
export class Slices {
  readonly #sqlite: Sqlite.Database;
  readonly #turn: Turn;
  readonly #checkpoints: Checkpoints;

  constructor(sqlite: Sqlite.Database, turn: Turn, checkpoints: Checkpoints) {
    this.#sqlite = sqlite;
    this.#turn = turn;
    this.#checkpoints = checkpoints;
  }

  async write<Value>(work: (isOver: () => boolean) => Value): Promise<Value> {
    await this.#checkpoints.room();
    return this.#turn((quietMs) => {
      this.#sqlite.pragma('synchronous = NORMAL');
      try {
        return this.#sqlite.transaction(() => work(deadline(quietMs))).immediate();
      } finally {
        this.#sqlite.pragma('synchronous = FULL');
        this.#checkpoints.measureLog();
      }
    });
  }

  async read<Value>(work: (isOver: () => boolean) => Value): Promise<Value> {
    return this.#turn((quietMs) => work(deadline(quietMs)));
  }
}

function deadline(quietMs: number): () => boolean {
  const { sliceMs } = slices.find((each) => quietMs >= each.quietMs) ?? slices[2];
  const endsAt = performance.now() + sliceMs;
  return () => performance.now() >= endsAt;
}
