import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/**
 * The whole of what is known of a customer. A row of `person` is a card; cards that are one person share a `head_id` (`person_merge` says
 * why), and nothing ever moves from one card to another. Who owns a row is a person (`contact_id`) or a company or household
 * (`account_id`), exactly one of the two.
 */
export const unifiedRecord: Migration = {
  up: (db) =>
    runStatements(db, [
      ...addColumns('person', [
        'head_id text',
        'org_unit_id text',
        'segment text',
        'stage text',
        // 1984-03-28, or 03-28 where the year is not known.
        'birthday text',
        // Times of day, 09:00.
        'prefers_from text',
        'prefers_until text',
        'allows_call_offers integer not null default 1',
        // JSON, by the id of the custom field.
        "custom text not null default '{}'",
        'source text',
        'source_at bigint',
        'import_id text',
        'created_at bigint not null default 0',
        'updated_at bigint not null default 0',
        'revision integer not null default 1',
      ]),
      'update person set head_id = contact_id',
      'create index person_by_head on person (head_id)',
      'create index person_by_import on person (import_id) where import_id is not null',

      ...addColumns('account', [
        'parent_id text references account',
        'name_key text',
        'tier text',
        'segment text',
        'stage text',
        'industry text',
        'customer_since bigint',
        "custom text not null default '{}'",
        'source text',
        'source_at bigint',
        'import_id text',
        'created_at bigint not null default 0',
        'updated_at bigint not null default 0',
        'revision integer not null default 1',
      ]),
      'create index account_by_parent on account (parent_id) where parent_id is not null',
      'create index account_by_manager on account (manager_agent_id) where manager_agent_id is not null',
      'create table account_deputy (account_id text not null references account on delete cascade, agent_id text not null, primary key (account_id, agent_id))',

      // What somebody is in a company: what they decide, and whether they are for us.
      ...addColumns('person_account', ['influence text', 'stance text', 'until bigint']),

      // A number may belong to a company or a household; then whoever calls from it is one of its people.
      `create table identifier_of_owner (
        identifier_id text primary key, contact_id text references person on delete cascade, account_id text references account on delete cascade,
        kind text not null, value text not null, label text, extension text, is_verified integer not null, is_shared integer not null,
        last_used_at bigint, source text, source_at bigint, import_id text, created_at bigint not null default 0, ${oneOwner})`,
      `insert into identifier_of_owner (identifier_id, contact_id, kind, value, label, is_verified, is_shared, last_used_at)
        select identifier_id, contact_id, kind, value, label, is_verified, is_shared, last_used_at from identifier`,
      'drop table identifier',
      'alter table identifier_of_owner rename to identifier',
      'create index identifier_by_value on identifier (value, last_used_at)',
      'create unique index identifier_of_person_once on identifier (contact_id, value)',
      'create unique index identifier_of_account_once on identifier (account_id, value) where account_id is not null',

      `create table address (
        address_id text primary key, ${owner}, kind text not null, lines text not null, city text, region text, postal_code text,
        country text, source text, source_at bigint, ${oneOwner})`,
      ...byOwner('address'),

      ...addColumns('product', [
        'serial text',
        // The line's own number, E.164.
        'line_number text',
        'starts_at bigint',
        'warranty_ends_at bigint',
        "status text not null default 'active'",
        'external_id text',
        'source text',
        'source_at bigint',
      ]),
      ...addColumns('contract', [
        'number text',
        'level text',
        'response_hours integer',
        'resolution_hours integer',
        'external_id text',
        'source text',
        'source_at bigint',
      ]),

      // A month of one kind of use. Amounts in minor units.
      `create table consumption (
        consumption_id text primary key, ${owner}, month text not null, kind text not null, quantity double precision not null, unit text not null,
        amount bigint not null, currency text not null, source text, source_at bigint, ${oneOwner})`,
      'create unique index consumption_of_person on consumption (contact_id, month, kind)',
      'create unique index consumption_of_account on consumption (account_id, month, kind)',
      `create table bill (
        bill_id text primary key, ${owner}, number text not null, month text not null, issued_at bigint not null, due_at bigint not null,
        amount bigint not null, paid bigint not null default 0, currency text not null, external_id text, source text, source_at bigint, ${oneOwner})`,
      ...byOwner('bill'),
      `create table payment (
        payment_id text primary key, ${owner}, bill_id text references bill on delete cascade, at bigint not null, amount bigint not null,
        currency text not null, method text, source text, source_at bigint, ${oneOwner})`,
      ...byOwner('payment'),

      ...addColumns('customer_case', [
        'account_id text references account',
        "status text not null default 'open'",
        'priority integer not null default 0',
        "description text not null default ''",
        'owner_agent_id text',
        'contract_id text',
        'product_id text',
        'interaction_id text',
        'response_due_at bigint',
        'responded_at bigint',
        'outcome text',
        "custom text not null default '{}'",
        'external_id text',
        'source text',
        'source_at bigint',
        'revision integer not null default 1',
      ]),
      'create index case_by_contact on customer_case (contact_id, opened_at)',
      'create index case_by_account on customer_case (account_id, opened_at) where account_id is not null',
      'create index case_by_owner on customer_case (owner_agent_id, due_at) where closed_at is null and owner_agent_id is not null',
      // What was done on a case, in order.
      `create table case_step (
        step_id text primary key, case_id text not null references customer_case on delete cascade, at bigint not null, author_id text,
        author text not null, kind text not null, text text not null)`,
      'create index case_step_by_case on case_step (case_id, at)',

      ...addColumns('promise', ['made_at bigint', 'made_by text', 'owner_agent_id text', 'interaction_id text', 'kept_by text']),
      'create index promise_by_owner on promise (owner_agent_id, due_at) where kept_at is null and owner_agent_id is not null',
      `create table task (
        task_id text primary key, ${owner}, case_id text references customer_case on delete set null, title text not null, due_at bigint,
        owner_agent_id text, made_at bigint not null, made_by text not null, done_at bigint, ${oneOwner})`,
      ...byOwner('task'),
      'create index task_by_agent on task (owner_agent_id, due_at) where done_at is null',

      ...addColumns('visit', ['contact_id text', "state text not null default 'done'", 'opinion text', 'mood text', 'agent_id text']),
      ...addColumns('anniversary', [
        'contact_id text',
        "kind text not null default 'other'",
        'year integer',
        'plan text',
        'done_for integer',
      ]),
      'create index anniversary_by_day on anniversary (day)',
      `create table gift (
        gift_id text primary key, account_id text not null references account on delete cascade, contact_id text, at bigint not null,
        what text not null, occasion text, amount bigint, currency text, given_by text not null)`,
      'create index gift_by_account on gift (account_id, at)',

      // What was offered to somebody on which channel, so that no other channel offers it again.
      `create table offer_made (
        offer_id text primary key, contact_id text not null references person on delete cascade, name text not null, channel text not null,
        made_at bigint not null, made_by text not null, answer text, answered_at bigint, remark text)`,
      'create index offer_made_by_contact on offer_made (contact_id, made_at)',

      `create table note_of_owner (
        note_id text primary key, ${owner}, case_id text, interaction_id text, author_id text, author text not null, text text not null,
        at bigint not null, ${oneOwner})`,
      `insert into note_of_owner (note_id, contact_id, interaction_id, author, text, at)
        select note_id, contact_id, interaction_id, author, text, at from note`,
      'drop table note',
      'alter table note_of_owner rename to note',
      ...byOwner('note', 'at'),

      `create table attachment (
        attachment_id text primary key, ${owner}, case_id text references customer_case on delete set null, name text not null,
        media_type text not null, bytes bigint not null, sha256 text not null, added_at bigint not null, added_by text not null, ${oneOwner})`,
      ...byOwner('attachment'),

      // Everything that happened to somebody, in one stream. `subject_*` is what the line opens.
      `create table timeline_of_owner (
        entry_id text primary key, ${owner}, at bigint not null, kind text not null, title text not null, detail text, outcome text,
        interaction_id text, subject_kind text, subject_id text, channel text, ${oneOwner})`,
      `insert into timeline_of_owner (entry_id, contact_id, at, kind, title, detail, outcome, interaction_id)
        select entry_id, contact_id, at, kind, title, detail, outcome, interaction_id from timeline_entry`,
      'drop table timeline_entry',
      'alter table timeline_of_owner rename to timeline_entry',
      ...byOwner('timeline_entry', 'at'),
      'create index timeline_by_interaction on timeline_entry (interaction_id) where interaction_id is not null',
      'create index timeline_by_subject on timeline_entry (subject_id) where subject_id is not null',

      // Each change of a field, with what stood there before. Erased with the person.
      `create table record_change (
        change_id text primary key, subject_kind text not null, subject_id text not null, ${owner}, field text not null, before text, after text,
        at bigint not null, author_id text, author text not null, source text not null, undoes text)`,
      ...byOwner('record_change', 'at'),
      "create index record_change_by_source on record_change (source) where source like 'import:%'",

      `create table person_merge (
        merge_id text primary key, kept_id text not null references person on delete cascade, absorbed_id text not null references person on delete cascade,
        at bigint not null, by_id text not null, by_name text not null, reason text not null, undone_at bigint, undone_by_id text, undone_by_name text,
        undone_reason text)`,
      // Each card is absorbed by one other at most: what is merged is a forest, and the head of a group is the card that nobody absorbed.
      'create unique index person_merge_live on person_merge (absorbed_id) where undone_at is null',
      'create index person_merge_by_kept on person_merge (kept_id) where undone_at is null',
      // Two who look alike and are not: nobody is asked again. The lesser id first.
      `create table not_the_same (
        one_id text not null references person on delete cascade, other_id text not null references person on delete cascade, at bigint not null,
        by_id text not null, by_name text not null, primary key (one_id, other_id))`,
    ]),
};

const owner = 'contact_id text references person on delete cascade, account_id text references account on delete cascade';
const oneOwner = 'check ((account_id is null) <> (contact_id is null))';

function byOwner(table: string, ...then: readonly string[]): string[] {
  return (['contact_id', 'account_id'] as const).map(
    (column) =>
      `create index ${table}_by_${column.replace('_id', '')} on ${table} (${[column, ...then].join(', ')}) where ${column} is not null`,
  );
}

/** One at a time: SQLite adds no more in one statement. */
function addColumns(table: string, columns: readonly string[]): string[] {
  return columns.map((column) => `alter table ${table} add column ${column}`);
}
