import type Sqlite from 'better-sqlite3';
import type { Checkpoints } from '../workers/checkpoints.ts';
import type { Turn } from '../workers/turns.ts';

/**
 * How long a slice may take after so much quiet, the longest quiet first. No call waits longer for its own unit of work. The longer a slice,
 * the cheaper its rows, because each slice writes again the pages of the indexes that it touched: the first call after a quiet time waits for
 * one of the longer ones.
 */
const slices = [
  { quietMs: 5_000, sliceMs: 250 },
  { quietMs: 500, sliceMs: 40 },
] as const;
const whereCallsCome = { quietMs: 0, sliceMs: 5 } as const;
type Slice = (typeof slices)[number] | typeof whereCallsCome;

/** Units of work of some milliseconds, each in its turn. Where calls come, each is on the disk before the next begins. */
export class Slices {
  readonly #sqlite: Sqlite.Database;
  readonly #turn: Turn;
  readonly #checkpoints: Checkpoints;
  #flushed: Promise<void> = Promise.resolve();

  constructor(sqlite: Sqlite.Database, turn: Turn, checkpoints: Checkpoints) {
    this.#sqlite = sqlite;
    this.#turn = turn;
    this.#checkpoints = checkpoints;
  }

  async write<Value>(work: (isOver: () => boolean) => Value): Promise<Value> {
    await this.#checkpoints.room();
    await this.#flushed;
    return this.#turn((quietMs) => {
      const slice = sliceAfter(quietMs);
      this.#sqlite.pragma('synchronous = NORMAL');
      try {
        return this.#sqlite.transaction(() => work(deadline(slice))).immediate();
      } finally {
        this.#sqlite.pragma('synchronous = FULL');
        this.#checkpoints.measureLog();
        const flushed = this.#checkpoints.flushed();
        if (slice === whereCallsCome) this.#flushed = flushed;
      }
    });
  }

  async read<Value>(work: (isOver: () => boolean) => Value): Promise<Value> {
    return this.#turn((quietMs) => work(deadline(sliceAfter(quietMs))));
  }
}

function sliceAfter(quietMs: number): Slice {
  return slices.find((each) => quietMs >= each.quietMs) ?? whereCallsCome;
}

function deadline({ sliceMs }: Slice): () => boolean {
  const endsAt = performance.now() + sliceMs;
  return () => performance.now() >= endsAt;
}
