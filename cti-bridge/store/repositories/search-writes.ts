import { sql } from 'kysely';
import type { WriteHandle } from '../schema.ts';
import { forgetting, mergeFact, mergeStep } from '../search/full-text.ts';
import { forgettingQuickly, reindex } from './search-documents.ts';

/** How far the index has come with what was there before it; kept, so that a restart goes on. */
const progressFact = 'searchIndexedTo';
const finished = 'all';

/** So many are forgotten thoroughly at once, without a merging afterwards. */
const few = 3;

type Kind = 'person' | 'account' | 'case';
const inOrder: readonly Kind[] = ['person', 'account', 'case'];

/** What the index has to catch up with, a few at a time, between the writes that calls wait for. */
export const searchWrites = {
  /** Documents that are to be written anew. True when there are more. */
  async indexDue(db: WriteHandle, limit: number): Promise<boolean> {
    const due = await db.selectFrom('search_due').selectAll().orderBy('subject_kind').orderBy('subject_id').limit(limit).execute();
    if (due.length === 0) return false;
    const write = async () => {
      for (const kind of inOrder) {
        const ids = due.filter((each) => each.subject_kind === kind).map((each) => each.subject_id);
        const [first, last] = [ids.at(0), ids.at(-1)];
        if (first === undefined || last === undefined) continue;
        // They stand side by side. A list of a hundred ids would have SQLite look through everybody of the kind, a million after an import.
        await db
          .deleteFrom('search_due')
          .where('subject_kind', '=', kind)
          .where('subject_id', '>=', first)
          .where('subject_id', '<=', last)
          .execute();
        await reindexKind(db, kind, ids);
      }
    };
    await (due.length > few ? forgettingQuickly(db, write) : write());
    return due.length === limit;
  },

  /** Documents of everybody who was there before the index was. True when there are more. */
  async indexEverything(db: WriteHandle, limit: number): Promise<boolean> {
    const fact = await db.selectFrom('store_fact').select('value').where('key', '=', progressFact).executeTakeFirst();
    if (fact?.value === finished) return false;
    const [kind, after] = (fact?.value ?? 'person:').split(/:(.*)/s) as [Kind, string];
    const ids = await idsAfter(db, kind, after, limit);
    await reindexKind(db, kind, ids);
    const next = { person: 'account:', account: 'case:', case: finished }[kind];
    const value = ids.length === limit ? `${kind}:${ids.at(-1)}` : next;
    await db
      .insertInto('store_fact')
      .values({ key: progressFact, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
    return value !== finished;
  },

  /**
   * One step towards a file without the words that many documents lost. False at the end of a pass over all that was there when it began; it
   * is at an end for good when a pass finds nothing to do.
   */
  async mergeIndex(db: WriteHandle, pages: number): Promise<boolean> {
    const fact = await db.selectFrom('store_fact').select('value').where('key', '=', mergeFact).executeTakeFirst();
    if (!fact) return false;
    const before = await changesSoFar(db);
    await sql.raw(mergeStep(pages, fact.value === 'first')).execute(db);
    // SQLite's own measure: a step that found nothing to do changes less than two rows.
    const hasMore = (await changesSoFar(db)) - before >= 2;
    if (!hasMore && fact.value === 'first') {
      await db.deleteFrom('store_fact').where('key', '=', mergeFact).execute();
      await sql.raw(forgetting.thoroughly).execute(db);
      return false;
    }
    await db
      .updateTable('store_fact')
      .set({ value: hasMore ? 'next' : 'first' })
      .where('key', '=', mergeFact)
      .execute();
    return hasMore;
  },
};

async function changesSoFar(db: WriteHandle): Promise<number> {
  const { rows } = await sql<{ changes: number }>`select total_changes() as changes`.execute(db);
  return rows[0]?.changes ?? 0;
}

function reindexKind(db: WriteHandle, kind: Kind, ids: readonly string[]): Promise<void> {
  return reindex(db, { person: { contactIds: ids }, account: { accountIds: ids }, case: { caseIds: ids } }[kind]);
}

async function idsAfter(db: WriteHandle, kind: Kind, after: string, limit: number): Promise<readonly string[]> {
  const rows =
    kind === 'person'
      ? await db
          .selectFrom('person')
          .select('contact_id as id')
          .where('contact_id', '>', after)
          .orderBy('contact_id')
          .limit(limit)
          .execute()
      : kind === 'account'
        ? await db
            .selectFrom('account')
            .select('account_id as id')
            .where('account_id', '>', after)
            .orderBy('account_id')
            .limit(limit)
            .execute()
        : await db
            .selectFrom('customer_case')
            .select('case_id as id')
            .where('case_id', '>', after)
            .orderBy('case_id')
            .limit(limit)
            .execute();
  return rows.map(({ id }) => id);
}
