import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** What the menu found out of whoever was promised a call. */
export const callbackFindings: Migration = {
  // JSON of the flows; gone, as the number is, when the promise is over.
  up: (db) => runStatements(db, ['alter table callback add column findings text']),
};
