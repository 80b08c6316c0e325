import type { Migration } from 'kysely/migration';
import { appendOnly, runStatements } from './run-statements.ts';

/**
 * Who must be kept and who was erased; and, of other systems, by which id each of them knows a row of ours. What an erasure leaves behind
 * is in `record_audit`: ids, counts and who did it.
 */
export const privacy: Migration = {
  up: async (db) => {
    await runStatements(db, [
      // The name is the hold's own: it must be readable whatever becomes of the record.
      `create table legal_hold (
        contact_id text primary key, name text not null, reason text not null, until bigint, at bigint not null, by_id text not null,
        by_name text not null)`,
      // `counts` is JSON: how many of what.
      `create table record_audit (
        entry_id text primary key, at bigint not null, kind text not null, by_id text, by_name text not null, subject_id text,
        reason text, counts text not null)`,
      'create index record_audit_by_at on record_audit (at)',

      `create table exchange_id (
        source text not null, resource text not null, external_id text not null, subject_id text not null, at bigint not null,
        primary key (source, resource, external_id))`,
      'create index exchange_id_by_subject on exchange_id (subject_id)',
      // Each use as it was told. What a month came to is in `consumption`, the sum of these.
      `create table usage_told (
        usage_id text primary key, contact_id text references person on delete cascade, account_id text references account on delete cascade,
        at bigint not null, month text not null, kind text not null, description text, quantity double precision not null, unit text not null,
        amount bigint not null, currency text not null, source text, source_at bigint, check ((account_id is null) <> (contact_id is null)))`,
      'create index usage_told_by_contact on usage_told (contact_id, month, kind) where contact_id is not null',
      'create index usage_told_by_account on usage_told (account_id, month, kind) where account_id is not null',

      // Rows of a company that name one person: found when that person is erased.
      ...['visit', 'anniversary', 'gift'].map(
        (table) => `create index ${table}_by_contact on ${table} (contact_id) where contact_id is not null`,
      ),
      // Whatever goes with a row is looked for by the row's id: without these, one case would have every promise read.
      ...[
        ['promise', 'case_id'],
        ['task', 'case_id'],
        ['attachment', 'case_id'],
        ['payment', 'bill_id'],
        ['person_merge', 'kept_id'],
        ['person_merge', 'absorbed_id'],
        ['not_the_same', 'other_id'],
      ].map(([table, column]) => `create index ${table}_of_${column} on ${table} (${column})`),
      'create index person_by_stage on person (stage) where stage is not null',
    ]);
    await appendOnly(db, 'record_audit');
  },
};
