import type { MessagePort } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import type { BulkReply, BulkRequest, ImportCounts, RowOutcome } from '../../crm/index.ts';
import type { Turn } from '../workers/serve.ts';
import { ImportRows } from './import-rows.ts';
import { isRefusal } from './refusal.ts';
import { UndoImport } from './undo-import.ts';

/**
 * A slice ends when this is over: no call waits longer for its own unit of work. Where nothing was asked of the writer for a while, slices
 * are longer, because each rewrites the pages of the indexes that it touched: the first call after a quiet time waits for one of those.
 */
const sliceMs = { busy: 5, quiet: 40 } as const;
const quietAfterMs = 500;
/** Checkpoints copy pages that were changed many times only once: seldom, and with that much more at a time (16 MB). */
const checkpointPages = 4_000;

/**
 * The writer's end of one bulk door. Requests are done one after the other, in slices; each slice is a unit of work, taken when the writer
 * has nothing else to do. A slice is flushed to the disk with the next unit of work of a call: a power cut takes back whole slices, and the
 * row up to which an import is stored with them.
 */
export function serveBulkDoor(port: MessagePort, sqlite: Sqlite.Database, turn: Turn): void {
  const slices = new Slices(sqlite, turn);
  const rows = new ImportRows(sqlite);
  let isClosed = false;
  let inOrder = Promise.resolve();
  const reply = (message: BulkReply) => {
    if (!isClosed) port.postMessage(message);
  };
  port.on('close', () => {
    isClosed = true;
  });
  port.on('message', (request: BulkRequest) => {
    inOrder = inOrder.then(async () => {
      try {
        if (isClosed) return;
        reply(await perform(request));
      } catch (error) {
        reply({ kind: 'refused', id: request.id, why: 'storeFailed', message: String(error) });
      }
    });
  });

  async function perform(request: BulkRequest): Promise<BulkReply> {
    switch (request.kind) {
      case 'store':
        return store(request);
      case 'look': {
        const outcomes: RowOutcome[] = [];
        const left = [...request.people];
        while (left.length > 0) {
          await slices.read((isOver) => {
            for (let person = left.shift(); person; person = isOver() ? undefined : left.shift())
              outcomes.push(rows.look(request.job, person));
          });
        }
        return { kind: 'looked', id: request.id, outcomes };
      }
      case 'undo': {
        const undo = new UndoImport(sqlite, request);
        while (!undo.isDone && !isClosed) {
          await slices.write((isOver) => undo.takeBack(isOver));
          reply({ kind: 'undoing', id: request.id, takenBack: undo.takenBack });
        }
        return { kind: 'undone', id: request.id, kept: undo.kept };
      }
    }
  }

  async function store({ id, job, entries, bytesRead }: Extract<BulkRequest, { kind: 'store' }>): Promise<BulkReply> {
    let counts: ImportCounts = { read: 0, created: 0, updated: 0, skipped: 0, refused: 0 };
    for (let from = 0; from < entries.length; ) {
      if (isClosed) break;
      const slice = (isOver: () => boolean, isCareful: boolean) => rows.store(job, entries, from, isOver, isCareful, bytesRead);
      const done = await slices
        .write((isOver) => slice(isOver, false))
        // A row that the database refuses takes its slice with it: the same rows again, each for itself.
        .catch((error: unknown) => (isRefusal(error) ? slices.write((isOver) => slice(isOver, true)) : Promise.reject(error)));
      if (done === 'stopped') return { kind: 'refused', id, why: 'stopped', message: 'The import was stopped.' };
      from = done.next;
      counts = {
        read: counts.read + done.counts.read,
        created: counts.created + done.counts.created,
        updated: counts.updated + done.counts.updated,
        skipped: counts.skipped + done.counts.skipped,
        refused: counts.refused + done.counts.refused,
      };
    }
    return { kind: 'stored', id, counts };
  }
}

/** Units of work of a few milliseconds, each in its turn. */
class Slices {
  readonly #sqlite: Sqlite.Database;
  readonly #turn: Turn;

  constructor(sqlite: Sqlite.Database, turn: Turn) {
    this.#sqlite = sqlite;
    this.#turn = turn;
    // Rows of a list go all over the indexes: with the two megabytes of the default, most pages would be read again and again.
    this.#sqlite.pragma('cache_size = -65536');
    this.#sqlite.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  }

  async write<Value>(work: (isOver: () => boolean) => Value): Promise<Value> {
    return this.#turn((quietMs) => {
      this.#sqlite.pragma('synchronous = NORMAL');
      try {
        return this.#sqlite.transaction(() => work(deadline(quietMs))).immediate();
      } finally {
        this.#sqlite.pragma('synchronous = FULL');
      }
    });
  }

  async read<Value>(work: (isOver: () => boolean) => Value): Promise<Value> {
    return this.#turn((quietMs) => work(deadline(quietMs)));
  }
}

function deadline(quietMs: number): () => boolean {
  const endsAt = performance.now() + (quietMs > quietAfterMs ? sliceMs.quiet : sliceMs.busy);
  return () => performance.now() >= endsAt;
}
