import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const recordings: Migration = {
  up: (db) =>
    runStatements(db, [
      // What was recorded of a call; the sound is a file of that name. No end: it runs, or the bridge was killed while it did.
      `create table recording (
        recording_id text primary key, interaction_id text not null, agent_id text not null, started_at bigint not null, duration_ms bigint,
        is_paused integer not null default 0)`,
      'create index recording_of_interaction on recording (interaction_id)',
      'create index recording_open on recording (started_at) where duration_ms is null',
    ]),
};
