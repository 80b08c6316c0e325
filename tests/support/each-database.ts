import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { openForWriting } from '../../cti-bridge/store/database.ts';
import { migrate } from '../../cti-bridge/store/migrations/index.ts';
import type { ReadHandle, Schema, WriteHandle } from '../../cti-bridge/store/schema.ts';

/** A database with our tables and nothing in them. `db` writes, `reads` is the same one as a reader sees it. */
export interface DatabaseUnderTest {
  readonly db: WriteHandle;
  readonly reads: ReadHandle;
  close(): Promise<void>;
}

/**
 * The two databases the repositories are written for, for `describe.each(databases)('… on $name', ({ open }) => …)`. PostgreSQL is the real
 * one, compiled to WebAssembly; it takes two seconds to start, so open it once per file (`beforeAll`).
 */
export const databases = [
  { name: 'SQLite', open: openSqlite },
  { name: 'PostgreSQL', open: openPostgres },
] as const;

async function openSqlite(): Promise<DatabaseUnderTest> {
  const { sqlite, db } = openForWriting(':memory:');
  await migrate(db);
  return { db, reads: db as unknown as ReadHandle, close: async () => void sqlite.close() };
}

async function openPostgres(): Promise<DatabaseUnderTest> {
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: () => PGlite.create() }) });
  await migrate(db);
  return { db, reads: db as unknown as ReadHandle, close: () => db.destroy() };
}
