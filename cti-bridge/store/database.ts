import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { ReadHandle, Schema, WriteHandle } from './schema.ts';
import { StoreError } from './store-error.ts';

export const databaseFile = 'crosspoint.db';
export const busyTimeoutMs = 5_000;

/** For the writer thread alone: there is one at a time. `synchronous=FULL` makes a commit survive the loss of power, WAL lets readers go on. */
export function openForWriting(file: string): { readonly sqlite: Sqlite.Database; readonly db: WriteHandle } {
  const sqlite = new Sqlite(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
  // What is deleted is overwritten: somebody who was erased must not be found in a free part of the file.
  sqlite.pragma('secure_delete = ON');
  return { sqlite, db: kyselyOver(sqlite) };
}

export function openForReading(file: string): { readonly sqlite: Sqlite.Database; readonly db: ReadHandle } {
  const sqlite = new Sqlite(file, { readonly: true, fileMustExist: true });
  sqlite.pragma('busy_timeout = 5000');
  // The two megabytes of the default do not hold the upper pages of the indexes over a million people. Filled only as far as they are read.
  sqlite.pragma('cache_size = -32768');
  // The cast takes rights away, as kysely documents for its read-only type.
  return { sqlite, db: kyselyOver(sqlite) as unknown as ReadHandle };
}

/** Up to this size the whole file is checked at every start; beyond it, that would delay the first call by seconds. */
const wholeCheckBytes = 64 * 1024 * 1024;

/** Refuses a damaged file before anything is written to it. */
export function checkIntegrity(sqlite: Sqlite.Database): void {
  const bytes = Number(sqlite.pragma('page_count', { simple: true })) * Number(sqlite.pragma('page_size', { simple: true }));
  if (bytes > wholeCheckBytes) return;
  const said = sqlite.pragma('quick_check(1)', { simple: true });
  if (said !== 'ok')
    throw new StoreError(
      'corrupt',
      `The database is damaged (${said}). It was not touched; restore a backup or start another data folder.`,
    );
}

const keptStatements = 300;

/** Kysely prepares every query anew; the few dozen texts we use are prepared once. */
function kyselyOver(sqlite: Sqlite.Database): Kysely<Schema> {
  const prepared = new Map<string, Sqlite.Statement<unknown[]>>();
  const prepare = (text: string) => {
    let statement = prepared.get(text);
    if (!statement) {
      if (prepared.size >= keptStatements) prepared.clear();
      prepared.set(text, (statement = sqlite.prepare(text)));
    }
    return statement;
  };
  const close = () => {
    sqlite.close();
  };
  return new Kysely<Schema>({
    dialect: new SqliteDialect({
      database: {
        close,
        prepare: (text) => {
          const statement = prepare(text);
          return {
            reader: statement.reader,
            all: (parameters) => statement.all(...parameters),
            run: (parameters) => statement.run(...parameters),
            iterate: (parameters) => statement.iterate(...parameters) as IterableIterator<unknown>,
          };
        },
      },
    }),
  });
}
