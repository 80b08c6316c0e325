import type { Migration } from 'kysely/migration';
import { databaseKind } from '../dialect.ts';
import { refuse, runStatements } from './run-statements.ts';

export const routing: Migration = {
  up: async (db) => {
    const withoutRowid = databaseKind(db) === 'sqlite' ? ' without rowid' : '';
    await runStatements(db, [
      `create table routing_offer (
        fencing integer primary key, reservation_id text not null unique, work_item_id text not null,
        state text not null check (state in ('standing', 'accepted', 'withdrawn', 'released')),
        offered_at bigint not null, agent_id text, attempt text, accepted_at bigint)`,
      // The database itself refuses a second owner, whatever the code above it does.
      "create unique index routing_one_acceptance on routing_offer (work_item_id) where state = 'accepted'",
      "create index routing_live_offer on routing_offer (work_item_id) where state in ('standing', 'accepted')",

      'create table routing_decision (sequence integer primary key, at double precision not null, body text not null)',
      'create index routing_decision_by_at on routing_decision (at)',
      `create table routing_subject (sequence integer not null, subject_id text not null, primary key (sequence, subject_id))${withoutRowid}`,
      'create index routing_subject_by_id on routing_subject (subject_id, sequence)',

      // What is old may go, but not unsaid: only rows that an entry here covers can be deleted, and the entries themselves never.
      `create table routing_pruned (
        last_sequence integer primary key, first_sequence integer not null, older_than bigint not null, pruned_at bigint not null)`,
    ]);
    await refuse(db, 'routing_decision', 'update');
    await refuse(db, 'routing_subject', 'update');
    await refuse(db, 'routing_pruned', 'update');
    const isYoung = 'exists (select 1 from routing_decision where sequence <= new.last_sequence and at >= new.older_than)';
    await refuse(db, 'routing_pruned', 'insert', isYoung, 'routing_pruned covers only what is old');
    await refuse(db, 'routing_pruned', 'delete');
    const isKept = 'old.sequence > coalesce((select max(last_sequence) from routing_pruned), 0)';
    await refuse(db, 'routing_decision', 'delete', isKept);
    await refuse(db, 'routing_subject', 'delete', isKept);
  },
};
