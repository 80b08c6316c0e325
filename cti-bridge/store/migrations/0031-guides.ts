import type { Migration } from 'kysely/migration';
import { appendOnly, runStatements } from './run-statements.ts';

/** Guides with their drafts and every version that ever went live, and where agents are in them. */
export const guides: Migration = {
  up: async (db) => {
    await runStatements(db, [
      // One row a guide for good: no revision or version of it means two things. `draft` null: nothing was changed since it went live.
      // `live_version` null: it opens nowhere.
      `create table guide (
        guide_id text primary key, revision integer not null, draft text, draft_at bigint, draft_by_id text, draft_by_name text,
        live_version integer)`,
      `create table guide_version (
        guide_id text not null, version integer not null, body text not null, at bigint not null, by_id text, by_name text not null,
        note text not null, restores integer, primary key (guide_id, version))`,
      // What was answered is the customer's: it goes with them.
      `create table guide_run (
        interaction_id text not null, guide_id text not null, agent_id text not null, body text not null, revision integer not null,
        saved_at bigint not null, finished_at bigint, case_id text, case_number text, primary key (interaction_id, guide_id))`,
    ]);
    await appendOnly(db, 'guide_version');
  },
};
