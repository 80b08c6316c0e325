import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const liveStories: Migration = {
  up: (db) =>
    runStatements(db, [
      'alter table live_call add column talking_since bigint',
      'alter table live_call add column is_held integer not null default 0',
      // JSON of the menu's state, without what was entered there masked.
      'alter table live_call add column menu text',
    ]),
};
