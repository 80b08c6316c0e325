import type { Score } from '../../../shared/contracts/record.ts';
import { monthOf, monthsBefore } from '../../crm/index.ts';
import type { ReadHandle } from '../schema.ts';

export const scoreReads = {
  /** Whether any score is to be computed again now. */
  async areScoresDue(db: ReadHandle, at: number): Promise<boolean> {
    const written = await db.selectFrom('score_due').select('owner_id').limit(1).executeTakeFirst();
    if (written) return true;
    return (await db.selectFrom('score').select('owner_id').where('changes_at', '<=', at).limit(1).executeTakeFirst()) !== undefined;
  },
};

/** The score of a company or of a person (the id of the head); null before it was computed. */
export async function readScore(db: ReadHandle, ownerId: string): Promise<Score | null> {
  const score = await db.selectFrom('score').selectAll().where('owner_id', '=', ownerId).executeTakeFirst();
  if (!score) return null;
  const reasons = JSON.parse(score.reasons) as Record<'value' | 'growth' | 'churn', Score['churnReasons']>;
  return {
    value: score.value,
    valueReasons: reasons.value,
    growth: score.growth,
    growthReasons: reasons.growth,
    churn: score.churn,
    churnReasons: reasons.churn,
    earlier: await readEarlier(db, ownerId, score.computed_at),
    computedAt: score.computed_at,
  };
}

/** A year before it was computed; where that is not known, as early as anything is. */
async function readEarlier(db: ReadHandle, ownerId: string, at: number): Promise<Score['earlier']> {
  const columns = ['value', 'growth', 'churn', 'month'] as const;
  const history = () => db.selectFrom('score_history').select(columns).where('owner_id', '=', ownerId).limit(1);
  const yearAgo = await history()
    .where('month', '<=', monthsBefore(at, 12)[0] ?? '')
    .orderBy('month', 'desc')
    .executeTakeFirst();
  return yearAgo ?? (await history().where('month', '<', monthOf(at)).orderBy('month').executeTakeFirst()) ?? null;
}
