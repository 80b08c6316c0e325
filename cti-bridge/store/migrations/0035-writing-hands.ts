import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Which hand wrote the draft of a guide or flow last, as for articles. */
export const writingHands: Migration = {
  up: (db) =>
    runStatements(db, ['alter table guide add column draft_writing_id text', 'alter table flow add column draft_writing_id text']),
};
