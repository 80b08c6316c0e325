import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const liveCalls: Migration = {
  up: (db) =>
    runStatements(db, [
      // Calls that live now, as a bridge needs to know them that starts after a crash: one row each, gone with the call. No history.
      `create table live_call (
        interaction_id text primary key, work_item_id text not null, legs text not null, agent_id text, queue_id text,
        priority integer not null, locale text not null, queued_at bigint, first_saved integer not null)`,
    ]),
};
