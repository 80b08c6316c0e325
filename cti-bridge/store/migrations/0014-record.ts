import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** What the page of a person and the lists of cases look up by. */
export const record: Migration = {
  up: (db) =>
    runStatements(db, [
      'create index promise_by_contact on promise (contact_id)',
      'create index case_by_due on customer_case (due_at) where closed_at is null',
      'create index case_by_closing on customer_case (closed_at) where closed_at is not null',
    ]),
};
