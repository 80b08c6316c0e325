import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

export const voicemail: Migration = {
  up: (db) =>
    runStatements(db, [
      // A message is spoken to nobody: `agent_id` is null. `pauses` is JSON, the stretches of silence that were asked for: [[from_ms, to_ms]].
      `create table recording_made (
        recording_id text primary key, interaction_id text not null, agent_id text, started_at bigint not null, duration_ms bigint,
        is_paused integer not null default 0, pauses text not null default '[]')`,
      `insert into recording_made (recording_id, interaction_id, agent_id, started_at, duration_ms, is_paused)
        select recording_id, interaction_id, agent_id, started_at, duration_ms, is_paused from recording`,
      'drop table recording',
      'alter table recording_made rename to recording',
      'create index recording_of_interaction on recording (interaction_id)',
      'create index recording_open on recording (started_at) where duration_ms is null',
    ]),
};
