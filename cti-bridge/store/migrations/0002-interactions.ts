import type { Migration } from 'kysely/migration';
import { appendOnly, runStatements } from './run-statements.ts';

export const interactions: Migration = {
  up: async (db) => {
    await runStatements(db, [
      `create table interaction (
        interaction_id text primary key, contact_id text references person on delete set null, number text, number_received text,
        presented_name text, dialled text not null, received_at bigint not null, agent_id text, disposition_code text, is_automatic integer,
        handling_ms bigint, completed_at bigint)`,
      'create index interaction_by_number on interaction (number, received_at)',
      'create index interaction_by_contact on interaction (contact_id, received_at)',
      'create index interaction_by_agent on interaction (agent_id, completed_at) where completed_at is not null',

      'create table draft (interaction_id text primary key, agent_id text not null, text text not null, revision integer not null, saved_at bigint not null)',

      `create table interaction_event (
        sequence integer primary key, event_id text not null unique, interaction_id text not null, at bigint not null, type text not null, body text not null)`,
      'create index interaction_event_by_interaction on interaction_event (interaction_id, sequence)',
      `create table agent_event (
        sequence integer primary key, event_id text not null unique, agent_id text not null, at bigint not null, type text not null, body text not null)`,
      'create index agent_event_by_agent on agent_event (agent_id, sequence)',
      `create table interaction_progress (
        interaction_id text primary key, agent_id text, ended_at bigint, wrap_up_ends_at bigint, is_open integer not null)`,
      'create index open_interaction on interaction_progress (interaction_id) where is_open = 1',
    ]);
    await appendOnly(db, 'interaction_event');
    await appendOnly(db, 'agent_event');
  },
};
