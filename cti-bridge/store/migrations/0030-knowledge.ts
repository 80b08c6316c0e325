import type { Migration } from 'kysely/migration';
import { appendOnly, runStatements } from './run-statements.ts';

/** The knowledge base: articles with their drafts, every version that ever went live, and whether they helped. */
export const knowledge: Migration = {
  up: async (db) => {
    await runStatements(db, [
      // One row a number for good, also after it was removed: no number means two things. `draft` null: nothing was changed since it went
      // live. `last_version` was published last; `is_live` 0 with one is withdrawn.
      `create table article (
        number text primary key, ordinal integer not null, revision integer not null, draft text, draft_at bigint, draft_by_id text,
        draft_by_name text, last_version integer, is_live integer not null default 0, withdrawn_at bigint, withdrawn_by_id text,
        withdrawn_by_name text, is_removed integer not null default 0)`,
      'create unique index article_in_order on article (ordinal)',
      `create table article_version (
        number text not null, version integer not null, body text not null, at bigint not null, by_id text, by_name text not null,
        note text not null, restores integer, primary key (number, version))`,
      // Whether it was what a contact needed, as whoever had that contact says.
      `create table article_judgement (
        number text not null, interaction_id text not null, user_id text not null, helped integer not null, at bigint not null,
        primary key (number, interaction_id, user_id))`,
    ]);
    await appendOnly(db, 'article_version');
  },
};
