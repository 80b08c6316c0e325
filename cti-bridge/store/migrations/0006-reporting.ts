import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Finds the events of a day without reading those of all days. */
export const reporting: Migration = {
  up: (db) => runStatements(db, ['create index interaction_event_by_at on interaction_event (at, interaction_id)']),
};
