import type { Migration } from 'kysely/migration';
import { databaseKind } from '../dialect.ts';
import { endingOfNumber, fullTextIndex, searchKey } from '../search/full-text.ts';
import { runStatements } from './run-statements.ts';

/**
 * What people, companies and cases are found by. The words are a copy of what stands elsewhere, so they go when their subject goes, and a
 * full-text index follows the table by itself. `search_due` names documents that are to be written anew when there is time.
 */
export const search: Migration = {
  up: (db) => {
    const kind = databaseKind(db);
    return runStatements(db, [
      `create table customer_search (
        search_id ${searchKey(kind)}, contact_id text references person on delete cascade, account_id text references account on delete cascade,
        case_id text references customer_case on delete cascade, words text not null)`,
      ...(['contact', 'account', 'case'] as const).map(
        (subject) => `create unique index customer_search_${subject} on customer_search (${subject}_id) where ${subject}_id is not null`,
      ),
      ...fullTextIndex(kind),
      `create index identifier_by_ending on identifier ((${endingOfNumber(kind)})) where kind in ('phone', 'mobile')`,
      'create table search_due (subject_kind text not null, subject_id text not null, primary key (subject_kind, subject_id))',
    ]);
  },
};
