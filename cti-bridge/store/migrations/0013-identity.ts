import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Merges are found by either side, undone ones too; so is who is not the same. An erasure asks by either side as well. */
export const identity: Migration = {
  up: (db) =>
    runStatements(db, [
      'drop index person_merge_by_kept',
      'create index person_merge_by_kept on person_merge (kept_id)',
      'create index person_merge_by_absorbed on person_merge (absorbed_id)',
      'create index not_the_same_by_other on not_the_same (other_id)',
    ]),
};
