import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Nothing looks for identifiers by their import: an undo finds them by their people. Each row of a list wrote four entries of this index. */
export const lighterImports: Migration = {
  up: (db) => runStatements(db, ['drop index identifier_by_import']),
};
