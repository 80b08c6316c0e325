import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const callbacks: Migration = {
  up: (db) =>
    runStatements(db, [
      'alter table account add column manager_agent_id text',

      // Who was promised a call. Their number is kept no longer than the promise: it goes when the state is no more pending.
      `create table callback (
        work_item_id text primary key, interaction_id text not null, queue_id text not null, number text, number_key text, peer text,
        trunk_id text not null, dialled text not null, locale text not null, priority integer not null, queued_at bigint not null,
        promised_at bigint not null, attempts integer not null,
        state text not null check (state in ('pending', 'reached', 'notReached', 'calledAgain', 'canceled')))`,
      "create index callback_pending on callback (queued_at) where state = 'pending'",
    ]),
};
