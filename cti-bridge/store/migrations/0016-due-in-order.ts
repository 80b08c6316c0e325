import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** All people of a list are due since one moment: without the owner in the index, a million are sorted to find the first five. */
export const dueInOrder: Migration = {
  up: (db) => runStatements(db, ['drop index score_due_by_since', 'create index score_due_in_order on score_due (since, owner_id)']),
};
