import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/**
 * Imports of files: what came, how far it got, which rows were refused and why, and what an undo left. `scope` and `mapping` are JSON. Who
 * and what an import made is named in the rows themselves (`import_id`) and in `record_change` (`source`).
 */
export const imports: Migration = {
  up: (db) =>
    runStatements(db, [
      `create table import_run (
        import_id text primary key, file_name text not null, format text not null, encoding text, state text not null, bytes bigint not null,
        bytes_read bigint not null default 0, last_row bigint not null default 0, read_rows bigint not null default 0,
        created bigint not null default 0, updated bigint not null default 0, skipped bigint not null default 0,
        refused bigint not null default 0, kept bigint not null default 0, worked_ms bigint not null default 0, at bigint not null,
        by_id text, by_name text not null, finished_at bigint, failure text, mapping text, scope text)`,
      'create index import_run_by_time on import_run (at)',
      `create table import_problem (
        import_id text not null references import_run on delete cascade, seq integer not null, row_number bigint not null, column_name text,
        code text not null, found text not null, expected text not null, primary key (import_id, seq))`,
      `create table import_kept (
        import_id text not null references import_run on delete cascade, contact_id text not null references person on delete cascade,
        field text not null, primary key (import_id, contact_id, field))`,
      'create index import_kept_by_contact on import_kept (contact_id)',
      // Rows of a list name companies, not their ids.
      'create index account_by_name_key on account (name_key) where name_key is not null',
      'create index account_by_import on account (import_id) where import_id is not null',
      'create index identifier_by_import on identifier (import_id) where import_id is not null',
    ]),
};
