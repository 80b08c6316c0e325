import { type Kysely, sql } from 'kysely';

/** Plain SQL of the kind every database here understands, one statement after another. */
export async function runStatements(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** What happened cannot be made not to have happened: the database itself refuses. */
export function appendOnly(table: string): string[] {
  return ['update', 'delete'].map(
    (verb) => `create trigger ${table}_no_${verb} before ${verb} on ${table} begin select raise(abort, '${table} is append-only'); end`,
  );
}
