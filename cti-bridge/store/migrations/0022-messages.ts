import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const messages: Migration = {
  up: (db) =>
    runStatements(db, [
      // Who left a message waits like who was promised a call: it is what they said.
      'alter table callback add column recording_id text',
    ]),
};
