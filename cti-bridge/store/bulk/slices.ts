import { setTimeout as rest } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { Checkpoints } from '../workers/checkpoints.ts';
import type { Turn } from '../workers/serve.ts';

/**
 * How long a slice may take after so much quiet, the longest quiet first. No call waits longer for its own unit of work. The longer a slice,
 * the cheaper its rows, because each slice writes again the pages of the indexes that it touched: the first call after a quiet time waits for
 * one of the longer ones.
 *
 * Where calls come the writer is theirs: after a slice it rests for longer than the slice took, its commit included. A call has several units
 * of work one after the other, and each of them would otherwise find a slice before it.
 */
const slices = [
  { quietMs: 5_000, sliceMs: 250, restPerWork: 0 },
  { quietMs: 500, sliceMs: 40, restPerWork: 0 },
  { quietMs: 0, sliceMs: 5, restPerWork: 2 },
] as const;
type Slice = (typeof slices)[number];

/** Units of work of some milliseconds, each in its turn. One is flushed to the disk with the next unit of work of a call. */
export class Slices {
  readonly #sqlite: Sqlite.Database;
  readonly #turn: Turn;
  readonly #checkpoints: Checkpoints;
  #rest: Promise<unknown> = Promise.resolve();

  constructor(sqlite: Sqlite.Database, turn: Turn, checkpoints: Checkpoints) {
    this.#sqlite = sqlite;
    this.#turn = turn;
    this.#checkpoints = checkpoints;
  }

  async write<Value>(work: (isOver: () => boolean) => Value): Promise<Value> {
    await this.#checkpoints.room();
    await this.#rest;
    return this.#turn((quietMs) => {
      const slice = sliceAfter(quietMs);
      const beganAt = performance.now();
      this.#sqlite.pragma('synchronous = NORMAL');
      try {
        return this.#sqlite.transaction(() => work(deadline(slice))).immediate();
      } finally {
        this.#sqlite.pragma('synchronous = FULL');
        this.#checkpoints.measureLog();
        if (slice.restPerWork > 0) this.#rest = rest((performance.now() - beganAt) * slice.restPerWork);
      }
    });
  }

  async read<Value>(work: (isOver: () => boolean) => Value): Promise<Value> {
    return this.#turn((quietMs) => work(deadline(sliceAfter(quietMs))));
  }
}

function sliceAfter(quietMs: number): Slice {
  return slices.find((each) => quietMs >= each.quietMs) ?? slices[2];
}

function deadline({ sliceMs }: Slice): () => boolean {
  const endsAt = performance.now() + sliceMs;
  return () => performance.now() >= endsAt;
}
