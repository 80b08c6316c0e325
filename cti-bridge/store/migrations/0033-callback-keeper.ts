import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Who agreed to make a call that stands in line, and until when it is theirs alone. */
export const callbackKeeper: Migration = {
  up: (db) => runStatements(db, ['alter table callback add column agent_id text', 'alter table callback add column theirs_until bigint']),
};
