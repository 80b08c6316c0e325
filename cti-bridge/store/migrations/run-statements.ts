import { type Kysely, sql } from 'kysely';
import { databaseKind, refusal } from '../dialect.ts';

/** Plain SQL of the kind every database here understands, one statement after another. */
export async function runStatements(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** What happened cannot be made not to have happened: the database itself refuses. `when` narrows it down, looking at `old` and `new`. */
export async function refuse(
  db: Kysely<unknown>,
  table: string,
  verb: 'insert' | 'update' | 'delete',
  when = '',
  message = `${table} is append-only`,
): Promise<void> {
  await runStatements(db, refusal(databaseKind(db), table, verb, message, when));
}

export async function appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  await refuse(db, table, 'update');
  await refuse(db, table, 'delete');
}
