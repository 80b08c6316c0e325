import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Calls to customers that were agreed for a time. */
export const scheduledCallbacks: Migration = {
  up: (db) =>
    runStatements(db, [
      // Of somebody in the record, `callback_id` is also the promise's. `trunk_id`, `dialled` and `peer` are of the call in which it was agreed.
      // The number and what it is about are kept no longer than it stands.
      `create table scheduled_callback (
        callback_id text primary key, contact_id text, interaction_id text, number text, number_key text, peer text, trunk_id text, dialled text,
        locale text not null, queue_id text not null, agent_id text, about text, due_at bigint not null, until_at bigint not null,
        made_at bigint not null, made_by text not null, work_item_id text,
        state text not null check (state in ('agreed', 'inLine', 'reached', 'notReached', 'calledAgain', 'canceled')))`,
      // One live attempt at one number for one reason, whatever goes wrong above.
      `create unique index scheduled_callback_standing on scheduled_callback (number_key, queue_id)
        where state in ('agreed', 'inLine')`,
      'create index scheduled_callback_of_contact on scheduled_callback (contact_id)',
      "create index scheduled_callback_of_agent on scheduled_callback (agent_id) where state in ('agreed', 'inLine')",

      // With whom it was agreed and what it is about, of one that stands in line.
      'alter table callback add column contact_id text',
      'alter table callback add column about text',
      'create index callback_of_contact on callback (contact_id) where contact_id is not null',
    ]),
};
