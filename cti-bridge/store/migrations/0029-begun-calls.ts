import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** From which conversation in writing an agent called its customer. */
export const begunCalls: Migration = {
  up: (db) => runStatements(db, ['alter table interaction add column begun_in text']),
};
