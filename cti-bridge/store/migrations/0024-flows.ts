import type { Migration } from 'kysely/migration';
import { appendOnly, runStatements } from './run-statements.ts';

/** Flows with their drafts and every version that ever went live, the numbers they answer, and the way of every caller through them. */
export const flows: Migration = {
  up: async (db) => {
    await runStatements(db, [
      'drop table dnis_entry',
      'drop table flow',
      // One row a flow for good, also after it was removed: no revision or version of it means two things. `draft` null: nothing was
      // changed since it went live.
      `create table flow (
        flow_id text primary key, revision integer not null, draft text, draft_at bigint, draft_by_id text, draft_by_name text,
        live_version integer, is_removed integer not null default 0)`,
      `create table flow_version (
        flow_id text not null, version integer not null, body text not null, at bigint not null, by_id text, by_name text not null,
        note text not null, restores integer, primary key (flow_id, version))`,
      'create table flow_entry (dnis text primary key, position integer not null, body text not null)',
      // What callers pressed and what became known of them is theirs: it goes with them. Which way they went is in the events as well.
      `create table ivr_trace (
        step_id text primary key, interaction_id text not null, ordinal integer not null, at bigint not null, flow_id text not null,
        version integer not null, node_id text not null, exit_name text, took_ms bigint not null, keys text, facts text not null)`,
      'create unique index ivr_trace_of_interaction on ivr_trace (interaction_id, ordinal)',
      'create index ivr_trace_of_flow on ivr_trace (flow_id, at)',
      // How many callers went where: numbers of nobody. `day` is when it began on the clock of the organisation; without a node, the
      // callers of the flow; without an exit, those for whom the flow ended there.
      `create table ivr_heat (
        flow_id text not null, version integer not null, day bigint not null, node_id text not null, exit_name text not null,
        callers integer not null, primary key (flow_id, version, day, node_id, exit_name))`,
    ]);
    await appendOnly(db, 'flow_version');
  },
};
