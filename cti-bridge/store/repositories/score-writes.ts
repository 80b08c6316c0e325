import type { CustomerScores } from '../../../shared/contracts/customer-scores.ts';
import { computeScore, monthOf } from '../../crm/index.ts';
import type { ReadHandle, WriteHandle } from '../schema.ts';
import { readScoreInputs, type Scored, scoredOf } from './score-inputs.ts';

/** What a database says whose scores are all by the settings in force. */
export const settingsFact = 'scores:settings';

/** How far the scores have been told that the settings are new ones. `after`: the last owner told; null: all of them. */
interface SettingsFact {
  readonly settings: string;
  readonly after: string | null;
}

export const settingsFactOf = (settings: CustomerScores): string =>
  JSON.stringify({ settings: JSON.stringify(settings), after: null } satisfies SettingsFact);

export const scoreWrites = {
  /**
   * Computes again at most `limit` of the scores that are due: because something was written, or because time alone changes them. The same
   * moment and settings again give the same. `isMore`: there are others.
   */
  async recomputeScores(
    db: WriteHandle,
    settings: CustomerScores,
    at: number,
    limit: number,
  ): Promise<{ readonly computed: number; readonly isMore: boolean }> {
    const due = await readDue(looking(db), at, limit);
    const done = new Set<string>();
    for (const row of due) {
      const scored = await scoredOf(looking(db), { contactId: row.contact_id, accountId: row.account_id });
      await db.deleteFrom('score_due').where('owner_id', '=', row.owner_id).execute();
      // Of a card that was merged, of a person who is of a company now, of nobody.
      if (scored?.ownerId !== row.owner_id) await db.deleteFrom('score').where('owner_id', '=', row.owner_id).execute();
      if (!scored || done.has(scored.ownerId)) continue;
      done.add(scored.ownerId);
      await computeOne(db, scored, settings, at);
    }
    return { computed: done.size, isMore: due.length === limit };
  },

  /**
   * Makes the scores that were computed by other settings due, `limit` at a time; true when all of them are. Begins anew when the settings
   * changed meanwhile, goes on where it was after a restart.
   */
  async alignScores(db: WriteHandle, settings: CustomerScores, at: number, limit: number): Promise<boolean> {
    const wanted = JSON.stringify(settings);
    const row = await db.selectFrom('store_fact').select('value').where('key', '=', settingsFact).executeTakeFirst();
    const fact = row && (JSON.parse(row.value) as SettingsFact);
    const after = fact?.settings === wanted ? fact.after : '';
    if (after === null) return true;
    const next = await db.selectFrom('score').select('owner_id').where('owner_id', '>', after).orderBy('owner_id').limit(limit).execute();
    const ids = next.map((each) => each.owner_id);
    if (ids.length > 0) await db.updateTable('score').set({ changes_at: at }).where('owner_id', 'in', ids).execute();
    const isDone = ids.length < limit;
    const value = JSON.stringify({ settings: wanted, after: isDone ? null : (ids.at(-1) ?? null) } satisfies SettingsFact);
    await db
      .insertInto('store_fact')
      .values({ key: settingsFact, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
    return isDone;
  },
};

/** What has waited longest, then what time has changed; and always what was written last, because somebody may be looking at it. */
async function readDue(db: ReadHandle, at: number, limit: number) {
  const columns = ['owner_id', 'contact_id', 'account_id'] as const;
  const written = db.selectFrom('score_due').select(columns);
  const oldest = await written.orderBy('since').orderBy('owner_id').limit(limit).execute();
  const [latest] = oldest.length < limit ? [] : await written.orderBy('since', 'desc').orderBy('owner_id', 'desc').limit(1).execute();
  if (latest) return oldest.some((row) => row.owner_id === latest.owner_id) ? oldest : [...oldest.slice(0, -1), latest];
  const aged = await db
    .selectFrom('score')
    .select(columns)
    .where('changes_at', '<=', at)
    .orderBy('changes_at')
    .limit(limit - oldest.length)
    .execute();
  return [...oldest, ...aged];
}

async function computeOne(db: WriteHandle, scored: Scored, settings: CustomerScores, at: number): Promise<void> {
  const inputs = await readScoreInputs(looking(db), scored, settings, at);
  const { value, growth, churn, reasons, changesAt } = computeScore(inputs, settings, at);
  const owner = {
    owner_id: scored.ownerId,
    contact_id: scored.accountId === null ? scored.ownerId : null,
    account_id: scored.accountId,
  };
  const scores = { value, growth, churn };
  const computed = { ...scores, reasons: JSON.stringify(reasons), computed_at: at, changes_at: changesAt };
  await db
    .insertInto('score')
    .values({ ...owner, ...computed })
    .onConflict((conflict) => conflict.column('owner_id').doUpdateSet(computed))
    .execute();
  await db
    .insertInto('score_history')
    .values({ ...owner, ...scores, month: monthOf(at) })
    .onConflict((conflict) => conflict.columns(['owner_id', 'month']).doUpdateSet(scores))
    .execute();
}

/** Inside a unit of work what has just been written is looked at, and nothing more. */
const looking = (db: ReadHandle | WriteHandle): ReadHandle => db as ReadHandle;
