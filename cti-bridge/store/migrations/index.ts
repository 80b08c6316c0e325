/**
 * The numbered migrations, run in one transaction at start: a kill in the middle leaves the version before.
 *
 * Two things to know: a migration that has shipped is never edited, only followed by another; and a database that knows a migration we do
 * not know was written by a newer bridge and is left alone.
 */
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { tableNames } from '../dialect.ts';
import type { Schema } from '../schema.ts';
import { StoreError } from '../store-error.ts';
import { customerRecord } from './0001-customer-record.ts';
import { interactions } from './0002-interactions.ts';
import { organisation } from './0003-organisation.ts';
import { configuration } from './0004-configuration.ts';
import { routing } from './0005-routing.ts';
import { reporting } from './0006-reporting.ts';
import { callbacks } from './0007-callbacks.ts';
import { unifiedRecord } from './0008-unified-record.ts';
import { value } from './0009-value.ts';
import { search } from './0010-search.ts';
import { imports } from './0011-imports.ts';
import { privacy } from './0012-privacy.ts';
import { identity } from './0013-identity.ts';
import { record } from './0014-record.ts';
import { lighterImports } from './0015-lighter-imports.ts';
import { dueInOrder } from './0016-due-in-order.ts';
import { recordings } from './0017-recordings.ts';
import { liveCalls } from './0018-live-calls.ts';
import { liveCallsInOrder } from './0019-live-calls-in-order.ts';
import { voicemail } from './0020-voicemail.ts';
import { liveStories } from './0021-live-stories.ts';
import { messages } from './0022-messages.ts';
import { logIns } from './0023-log-ins.ts';
import { flows } from './0024-flows.ts';
import { prompts } from './0025-prompts.ts';
import { callbackFindings } from './0026-callback-findings.ts';
import { conversations } from './0027-conversations.ts';
import { surveys } from './0028-surveys.ts';
import { begunCalls } from './0029-begun-calls.ts';
import { knowledge } from './0030-knowledge.ts';
import { guides } from './0031-guides.ts';
import { scheduledCallbacks } from './0032-scheduled-callbacks.ts';
import { callbackKeeper } from './0033-callback-keeper.ts';
import { articleWriting } from './0034-article-writing.ts';
import { writingHands } from './0035-writing-hands.ts';

const migrations: Readonly<Record<string, Migration>> = {
  '0001-customer-record': customerRecord,
  '0002-interactions': interactions,
  '0003-organisation': organisation,
  '0004-configuration': configuration,
  '0005-routing': routing,
  '0006-reporting': reporting,
  '0007-callbacks': callbacks,
  '0008-unified-record': unifiedRecord,
  '0009-value': value,
  '0010-search': search,
  '0011-imports': imports,
  '0012-privacy': privacy,
  '0013-identity': identity,
  '0014-record': record,
  '0015-lighter-imports': lighterImports,
  '0016-due-in-order': dueInOrder,
  '0017-recordings': recordings,
  '0018-live-calls': liveCalls,
  '0019-live-calls-in-order': liveCallsInOrder,
  '0020-voicemail': voicemail,
  '0021-live-stories': liveStories,
  '0022-messages': messages,
  '0023-log-ins': logIns,
  '0024-flows': flows,
  '0025-prompts': prompts,
  '0026-callback-findings': callbackFindings,
  '0027-conversations': conversations,
  '0028-surveys': surveys,
  '0029-begun-calls': begunCalls,
  '0030-knowledge': knowledge,
  '0031-guides': guides,
  '0032-scheduled-callbacks': scheduledCallbacks,
  '0033-callback-keeper': callbackKeeper,
  '0034-article-writing': articleWriting,
  '0035-writing-hands': writingHands,
};

export async function migrate(db: Kysely<Schema>): Promise<void> {
  const applied = await appliedMigrations(db);
  const newer = applied.filter((name) => !(name in migrations));
  if (newer.length > 0) {
    throw new StoreError(
      'newerSchema',
      `The data was written by a newer version of the bridge (${newer.join(', ')}). Start that version, or another data folder.`,
    );
  }
  // What is complete is left alone: the migrator would look through every column of every table first.
  if (applied.length === Object.keys(migrations).length) return;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function appliedMigrations(db: Kysely<Schema>): Promise<readonly string[]> {
  if (!(await tableNames(db)).includes('kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}
