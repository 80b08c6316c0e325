import { PostgresAdapter, type QueryExecutorProvider, sql } from 'kysely';

/**
 * The few places where SQLite and PostgreSQL want another text. Everything else in this room is SQL that both understand; the tests of the
 * repositories run on both.
 */
export type DatabaseKind = 'sqlite' | 'postgres';

export function databaseKind(db: object): DatabaseKind {
  // A handle that can only look has the same executor; its type merely hides it.
  return (db as QueryExecutorProvider).getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

/** Which tables there are. */
export async function tableNames(db: QueryExecutorProvider): Promise<readonly string[]> {
  const { rows } =
    databaseKind(db) === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)
      : await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(db);
  return rows.map(({ name }) => name);
}

/** Only one unit of work at a time does this, over all bridges on one database. SQLite has one writer anyway. */
export async function oneAtATime(db: QueryExecutorProvider, what: 'merge'): Promise<void> {
  if (databaseKind(db) === 'postgres') await sql`select pg_advisory_xact_lock(hashtext(${what}))`.execute(db);
}

/** Which tables have a column of this name. */
export async function tablesWith(db: QueryExecutorProvider, column: string): Promise<readonly string[]> {
  const { rows } =
    databaseKind(db) === 'sqlite'
      ? await sql<{ name: string }>`select m.name from sqlite_master as m, pragma_table_info(m.name) as c
          where m.type = 'table' and m.sql not like 'create virtual%' and c.name = ${column} order by m.name`.execute(db)
      : await sql<{ name: string }>`select table_name as name from information_schema.columns
          where table_schema = current_schema() and column_name = ${column} order by table_name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Statements of a trigger that refuses a change of a table with a message; `when` looks at `old` and `new`. */
export function refusal(kind: DatabaseKind, table: string, verb: 'insert' | 'update' | 'delete', message: string, when = ''): string[] {
  const name = `${table}_no_${verb}`;
  if (kind === 'sqlite')
    return [`create trigger ${name} before ${verb} on ${table} ${when && `when ${when}`} begin select raise(abort, '${message}'); end`];
  const returned = verb === 'delete' ? 'old' : 'new';
  const body = when === '' ? `raise exception '${message}';` : `if ${when} then raise exception '${message}'; end if; return ${returned};`;
  return [
    `create function ${name}() returns trigger language plpgsql as $$ begin ${body} end $$`,
    `create trigger ${name} before ${verb} on ${table} for each row execute function ${name}()`,
  ];
}
