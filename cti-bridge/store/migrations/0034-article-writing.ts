import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Which hand wrote an article's draft last: its next save goes on from it, also where the answer to this one was lost. */
export const articleWriting: Migration = {
  up: (db) => runStatements(db, ['alter table article add column draft_writing_id text']),
};
