import { type Kysely, sql } from 'kysely';

/** Plain SQL of the kind every database here understands, one statement after another. */
export async function runStatements(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
