import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const customerRecord: Migration = {
  up: (db) =>
    runStatements(db, [
      `create table person (
        contact_id text primary key, name text not null, name_key text not null, title text, locale text not null, tier text not null,
        prefers_channel text, allows_recording integer not null, allows_sms_offers integer not null, allows_email_offers integer not null,
        churn_risk integer)`,
      'create index person_by_name_key on person (name_key)',

      `create table account (
        account_id text primary key, name text not null, kind text not null, is_key_account integer not null, manager_name text, org_unit_id text)`,

      `create table person_account (
        contact_id text not null references person on delete cascade, account_id text not null references account on delete cascade,
        role text, is_primary integer not null, primary key (contact_id, account_id))`,
      'create index person_account_by_account on person_account (account_id)',

      `create table identifier (
        identifier_id text primary key, contact_id text not null references person on delete cascade, kind text not null, value text not null,
        label text, is_verified integer not null, is_shared integer not null, last_used_at bigint)`,
      'create index identifier_by_value on identifier (value, last_used_at)',
      'create unique index identifier_once on identifier (contact_id, value)',

      `create table customer_case (
        case_id text primary key, contact_id text not null references person on delete cascade, number text not null unique, kind text not null,
        subject text not null, opened_at bigint not null, due_at bigint, closed_at bigint)`,
      'create index open_case_by_contact on customer_case (contact_id) where closed_at is null',

      `create table promise (
        promise_id text primary key, contact_id text not null references person on delete cascade, case_id text references customer_case,
        text text not null, due_at bigint not null, kept_at bigint)`,
      'create index open_promise_by_contact on promise (contact_id) where kept_at is null',

      ...ownedTable('product', 'name text not null, detail text, quantity integer not null, unused integer not null'),
      ...ownedTable('contract', 'name text not null, starts_at bigint not null, ends_at bigint not null'),
      ...ownedTable('spend', 'currency text not null, monthly bigint not null, change_percent integer, arrears bigint not null'),

      'create table anniversary (anniversary_id text primary key, account_id text not null references account on delete cascade, label text not null, day text not null)',
      'create index anniversary_by_account on anniversary (account_id)',
      'create table visit (visit_id text primary key, account_id text not null references account on delete cascade, at bigint not null, visitor text not null, purpose text not null)',
      'create index visit_by_account on visit (account_id, at)',

      `create table note (
        note_id text primary key, contact_id text not null references person on delete cascade, interaction_id text, author text not null,
        text text not null, at bigint not null)`,
      'create index note_by_contact on note (contact_id, at)',

      `create table timeline_entry (
        entry_id text primary key, contact_id text not null references person on delete cascade, at bigint not null, kind text not null,
        title text not null, detail text, outcome text, interaction_id text)`,
      'create index timeline_by_contact on timeline_entry (contact_id, at)',
    ]),
};

/** Something a company owns, or a person alone: exactly one of the two. */
function ownedTable(name: string, columns: string): string[] {
  return [
    `create table ${name} (
      ${name}_id text primary key, account_id text references account on delete cascade, contact_id text references person on delete cascade,
      ${columns}, check ((account_id is null) <> (contact_id is null)))`,
    `create index ${name}_by_account on ${name} (account_id) where account_id is not null`,
    `create index ${name}_by_contact on ${name} (contact_id) where contact_id is not null`,
  ];
}
