import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/**
 * What a customer is worth and whether they may leave, as computed, with the reasons; and the queue of those to be computed again. The one
 * figure that stood for all use and all debts becomes what it stood for: a month of use, and a bill.
 */
export const value: Migration = {
  up: async (db) => {
    await runStatements(db, [
      // `owner_id` is the one of the two that is set. Reasons are JSON. From `changes_at` on, time alone may have changed it.
      `create table score (
        owner_id text primary key, ${owner}, value integer not null, growth integer not null, churn integer not null, reasons text not null,
        computed_at bigint not null, changes_at bigint, ${oneOwner})`,
      'create index score_by_contact on score (contact_id) where contact_id is not null',
      'create index score_by_account on score (account_id) where account_id is not null',
      'create index score_by_change on score (changes_at) where changes_at is not null',
      `create table score_history (
        owner_id text not null, ${owner}, month text not null, value integer not null, growth integer not null, churn integer not null,
        ${oneOwner}, primary key (owner_id, month))`,
      'create index score_history_by_contact on score_history (contact_id) where contact_id is not null',
      'create index score_history_by_account on score_history (account_id) where account_id is not null',
      `create table score_due (owner_id text primary key, ${owner}, since bigint not null, ${oneOwner})`,
      'create index score_due_by_since on score_due (since)',
      'create index score_due_by_contact on score_due (contact_id) where contact_id is not null',
      'create index score_due_by_account on score_due (account_id) where account_id is not null',

      'create index unpaid_bill_by_contact on bill (contact_id, due_at) where paid < amount and contact_id is not null',
      'create index unpaid_bill_by_account on bill (account_id, due_at) where paid < amount and account_id is not null',
    ]);
    await keepSpend(db, new Date());
    await runStatements(db, [
      'drop table spend',
      'alter table person drop column churn_risk',
      // Whoever was known before is computed once.
      'insert into score_due (owner_id, account_id, since) select account_id, account_id, 0 from account',
      `insert into score_due (owner_id, contact_id, since)
        select contact_id, contact_id, 0 from person
        where contact_id = head_id and not exists
          (select 1 from person_account where person_account.contact_id = person.contact_id and is_primary = 1)`,
    ]);
  },
};

/** The monthly figure as the use of the last whole month, the arrears as a bill that is due. */
async function keepSpend(db: Kysely<unknown>, today: Date): Promise<void> {
  const [month, now] = [new Date(Date.UTC(today.getFullYear(), today.getMonth() - 1, 1)).toISOString().slice(0, 7), today.getTime()];
  await sql`insert into consumption (consumption_id, contact_id, account_id, month, kind, quantity, unit, amount, currency)
    select spend_id, contact_id, account_id, ${month}, 'other', 1, 'month', monthly, currency from spend
    where true on conflict do nothing`.execute(db);
  await sql`insert into bill (bill_id, contact_id, account_id, number, month, issued_at, due_at, amount, currency)
    select spend_id, contact_id, account_id, spend_id, ${month}, ${now}, ${now}, arrears, currency from spend where arrears > 0`.execute(
    db,
  );
}

const owner = 'contact_id text references person on delete cascade, account_id text references account on delete cascade';
const oneOwner = 'check ((account_id is null) <> (contact_id is null))';
