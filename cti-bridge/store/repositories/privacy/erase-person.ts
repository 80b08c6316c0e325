import { type ReferenceExpression, sql } from 'kysely';
import type { ErasedFiles } from '../../../crm/index.ts';
import { tableNames, tablesWith } from '../../dialect.ts';
import { purgeDueFact } from '../../purge.ts';
import type { Schema, WriteHandle } from '../../schema.ts';
import { markScoreDue } from '../score-due.ts';
import { eraseConversations } from './erase-conversations.ts';

/** What stands in the place of a name in somebody else's text. */
const blackened = '[…]';

export interface ErasedRows {
  readonly removed: Readonly<Record<string, number>>;
  readonly attachmentIds: readonly string[];
  readonly recordingIds: readonly string[];
  readonly written: ErasedFiles;
  readonly words: readonly string[];
}

/**
 * Takes everything of one person out of every table: what is theirs is deleted (whatever has a `contact_id`, also in tables that come
 * later), what belongs to somebody else and names them is blackened. Interactions stay with ids and figures alone, because events and
 * reports speak of them.
 */
export async function erasePerson(db: WriteHandle, contactIds: readonly string[], at: number): Promise<ErasedRows> {
  const ids = [...contactIds];
  const removed: Record<string, number> = {};
  const count = (what: string, rows: number | bigint) => {
    if (Number(rows) > 0) removed[what] = (removed[what] ?? 0) + Number(rows);
  };

  const values = await db.selectFrom('identifier').select('value').where('contact_id', 'in', ids).execute();
  const numbers = values.map(({ value }) => value);
  const names = await db.selectFrom('person').select('name').where('contact_id', 'in', ids).execute();
  const accountIds = (await db.selectFrom('person_account').select('account_id').where('contact_id', 'in', ids).execute()).map(
    (row) => row.account_id,
  );
  const attachments = await db.selectFrom('attachment').select('attachment_id').where('contact_id', 'in', ids).execute();
  const caseIds = (await db.selectFrom('customer_case').select('case_id').where('contact_id', 'in', ids).execute()).map(
    (row) => row.case_id,
  );

  // Calls of theirs, and those from a number that was nobody's but theirs before anybody knew whose.
  const shared = numbers.length === 0 ? [] : await ownedByOthers(db, numbers, ids);
  const own = numbers.filter((value) => !shared.includes(value));
  const calls = await db
    .selectFrom('interaction')
    .select(['interaction_id', 'number_received', 'presented_name'])
    .where((where) =>
      where.or([
        where('contact_id', 'in', ids),
        ...(own.length === 0 ? [] : [where.and([where('contact_id', 'is', null), where('number', 'in', own)])]),
      ]),
    )
    .execute();
  const interactionIds = calls.map((row) => row.interaction_id);
  const words = wordsOf([
    ...names.map(({ name }) => name),
    ...own,
    ...calls.flatMap((call) => [shared.length > 0 ? null : call.number_received, call.presented_name]),
  ]);

  const recordingIds: string[] = [];
  for (const some of inChunks(interactionIds)) {
    const recorded = await db.deleteFrom('recording').where('interaction_id', 'in', some).returning('recording_id').execute();
    recordingIds.push(...recorded.map((row) => row.recording_id));
    count('recording', recorded.length);
    const drafts = await db.deleteFrom('draft').where('interaction_id', 'in', some).executeTakeFirst();
    count('draft', drafts.numDeletedRows);
    const passed = await db.deleteFrom('ivr_trace').where('interaction_id', 'in', some).executeTakeFirst();
    count('ivr_trace', passed.numDeletedRows);
    const guided = await db.deleteFrom('guide_run').where('interaction_id', 'in', some).executeTakeFirst();
    count('guide_run', guided.numDeletedRows);
    const answers = await db.deleteFrom('survey_answer').where('interaction_id', 'in', some).executeTakeFirst();
    count('survey_answer', answers.numDeletedRows);
    await db.deleteFrom('survey').where('interaction_id', 'in', some).execute();
    const called = await db
      .updateTable('interaction')
      .set({ contact_id: null, number: null, number_received: null, presented_name: null })
      .where('interaction_id', 'in', some)
      .executeTakeFirst();
    count('interaction', called.numUpdatedRows);
    await db
      .updateTable('callback')
      .set({ number: null, number_key: null, peer: null, findings: null, about: null })
      .where('interaction_id', 'in', some)
      .execute();
    const lines = await db.deleteFrom('timeline_entry').where('interaction_id', 'in', some).executeTakeFirst();
    count('timeline_entry', lines.numDeletedRows);
  }
  if (accountIds.length > 0 && interactionIds.length > 0) {
    for (const some of inChunks(interactionIds))
      await db.deleteFrom('note').where('account_id', 'in', accountIds).where('interaction_id', 'in', some).execute();
  }

  // Agreed with a number before anybody knew whose it is.
  if (own.length > 0) await db.deleteFrom('scheduled_callback').where('contact_id', 'is', null).where('number_key', 'in', own).execute();
  const written = await eraseConversations(db, ids, own, count);
  await forgetIdsElsewhere(db, ids);
  // Somebody else may have been promised something about a case of theirs.
  if (caseIds.length > 0) await db.updateTable('promise').set({ case_id: null }).where('case_id', 'in', caseIds).execute();
  await db.updateTable('visit').set({ contact_id: null }).where('contact_id', 'in', ids).execute();
  for (const table of await tablesWith(db, 'contact_id')) {
    if (kept.has(table)) continue;
    const deleted = await db
      .deleteFrom(table as 'note')
      .where('contact_id', 'in', ids)
      .executeTakeFirst();
    count(table, deleted.numDeletedRows);
  }
  await db.deleteFrom('legal_hold').where('contact_id', 'in', ids).execute();
  await db
    .deleteFrom('search_due')
    .where('subject_id', 'in', [...ids, ...caseIds])
    .execute();
  const people = await db.deleteFrom('person').where('contact_id', 'in', ids).executeTakeFirst();
  count('person', people.numDeletedRows);

  for (const what of await blackenIn(db, accountIds, words)) count('mention', what);
  await db
    .insertInto('store_fact')
    .values({ key: purgeDueFact, value: '1' })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  for (const accountId of accountIds) await markScoreDue(db, { accountId }, at);
  return { removed, attachmentIds: attachments.map((row) => row.attachment_id), recordingIds, written, words };
}

/** Without an owner of that name: interactions keep their figures, visits are the company's, and people and holds go last. */
const kept: ReadonlySet<string> = new Set(['interaction', 'visit', 'legal_hold', 'person']);

async function ownedByOthers(db: WriteHandle, values: readonly string[], ids: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('identifier')
    .select('value')
    .where('value', 'in', [...values])
    .where((where) => where.or([where('contact_id', 'is', null), where('contact_id', 'not in', [...ids])]))
    .execute();
  return rows.map(({ value }) => value);
}

/** By which ids other systems know what is about to go. */
async function forgetIdsElsewhere(db: WriteHandle, ids: readonly string[]): Promise<void> {
  const subjects = {
    customer_case: 'case_id',
    product: 'product_id',
    contract: 'contract_id',
    bill: 'bill_id',
    usage_told: 'usage_id',
    timeline_entry: 'entry_id',
  } as const;
  await db
    .deleteFrom('exchange_id')
    .where('subject_id', 'in', [...ids])
    .execute();
  for (const [table, id] of Object.entries(subjects)) {
    await db
      .deleteFrom('exchange_id')
      .where('subject_id', 'in', (select) =>
        select
          .selectFrom(table as 'bill')
          .select(id as 'bill_id')
          .where('contact_id', 'in', [...ids]),
      )
      .execute();
  }
}

/** Texts of others that may speak of a person: of the companies they belong to, and what an import could not take. */
const othersTexts: Readonly<Partial<Record<keyof Schema, readonly string[]>>> = {
  note: ['text'],
  timeline_entry: ['title', 'detail', 'outcome'],
  record_change: ['before', 'after'],
  visit: ['purpose', 'opinion'],
  task: ['title'],
  anniversary: ['label', 'plan'],
  gift: ['what', 'occasion'],
};

async function blackenIn(db: WriteHandle, accountIds: readonly string[], words: readonly string[]): Promise<readonly bigint[]> {
  const counts: bigint[] = [];
  const blacken = async (table: string, columns: readonly string[], accounts: readonly string[] | null) => {
    for (const column of columns) {
      for (const word of words) {
        const field = sql.ref<string>(column);
        const changed = await db
          .updateTable(table as 'note')
          .set({ [column as 'text']: sql<string>`replace(${field}, ${word}, ${blackened})` })
          .where(column as ReferenceExpression<Schema, 'note'>, 'like', `%${likeText(word)}%`)
          .$if(accounts !== null, (query) => query.where('account_id', 'in', [...(accounts ?? [])]))
          .executeTakeFirst();
        counts.push(changed.numUpdatedRows);
      }
    }
  };
  if (accountIds.length > 0) for (const [table, columns] of Object.entries(othersTexts)) await blacken(table, columns ?? [], accountIds);
  if ((await tableNames(db)).includes('import_problem')) {
    await blacken('import_problem', ['found', 'expected'], null);
    await blacken('import_run', ['file_name', 'mapping'], null);
  }
  return counts;
}

/** Without the signs that mean something to LIKE: a wider pattern, and `replace` is exact. */
const likeText = (word: string) => word.replace(/[%_\\]/g, '_');

/** Long enough to be told from chance. */
function wordsOf(texts: readonly (string | null)[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text?.trim() ?? []).filter((text) => text.length >= 2))];
}

function* inChunks<Item>(items: readonly Item[], size = 500): Generator<Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
