import type Sqlite from 'better-sqlite3';
import type { Insertable } from 'kysely';
import type { Schema } from '../schema.ts';

/** A row as it is written: what may be empty or has a default may be left out. */
export type Row<Table extends keyof Schema> = Insertable<Schema[Table]>;
export type Rows = { readonly [Table in keyof Schema]?: readonly Row<Table>[] };

/** Plain prepared inserts, because kysely's builder would be the slow part of 100,000 people. Tables are filled in the order given. */
export class RowInserter {
  readonly #sqlite: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement<unknown[]>>();

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite;
  }

  insert(rows: Rows): void {
    for (const [table, list] of Object.entries(rows)) for (const row of list) this.#insertOne(table, row);
  }

  #insertOne(table: string, row: object): void {
    const columns = Object.keys(row);
    const key = `${table} ${columns.join()}`;
    let statement = this.#statements.get(key);
    if (!statement) {
      const places = columns.map(() => '?').join(', ');
      statement = this.#sqlite.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`);
      this.#statements.set(key, statement);
    }
    statement.run(...Object.values(row));
  }
}
