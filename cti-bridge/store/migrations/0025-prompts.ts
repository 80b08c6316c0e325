import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Prompts that were made or changed here; those that were shipped are files. */
export const prompts: Migration = {
  up: (db) =>
    runStatements(db, [
      'create table prompt (prompt_id text primary key, revision integer not null, text_en text not null, text_zh text not null)',
      // The sound itself is a file of that id.
      `create table prompt_sound (
        prompt_id text not null, locale text not null, sound_id text not null, origin text not null, duration_ms integer not null,
        at bigint not null, by_id text not null, by_name text not null, primary key (prompt_id, locale))`,
    ]),
};
