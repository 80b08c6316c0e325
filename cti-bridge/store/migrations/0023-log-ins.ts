import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const logIns: Migration = {
  up: (db) =>
    runStatements(db, [
      // Who is signed in, as a bridge needs to know it that starts after a crash: one row each, gone with the log-in. No token, its hash.
      `create table user_session (
        session_id text primary key, token_hash text not null unique, user_id text not null, created_at bigint not null,
        seen_at bigint not null)`,
    ]),
};
