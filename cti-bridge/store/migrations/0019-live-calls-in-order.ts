import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const liveCallsInOrder: Migration = {
  up: (db) =>
    runStatements(db, [
      // Each writing asks for the last place. Without an index that reads every live call, over the long text of its legs.
      'create index live_call_in_order on live_call (first_saved)',
    ]),
};
