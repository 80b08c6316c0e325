import type { Consumption, Score } from '../../../../shared/contracts/record.ts';
import { consumptionOf } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { readScore } from '../score-reads.ts';
import { type Group, isOfGroup } from './group.ts';

/** More rows than two years of every kind have. */
const mostRows = 2_000;

/** The company's score, or the person's own where they have none. */
export function readScoreOf(db: ReadHandle, group: Group): Promise<Score | null> {
  return readScore(db, group.accountIds[0] ?? group.headId);
}

/** Of the first of their companies, or the person's own where they have none. */
export async function readConsumptionOf(db: ReadHandle, { contactIds, accountIds }: Group, at: number): Promise<Consumption | null> {
  const rows = await db
    .selectFrom('consumption')
    .select(['account_id', 'month', 'kind', 'quantity', 'unit', 'amount', 'currency'])
    .where(isOfGroup({ contactIds, accountIds: accountIds.slice(0, 1) }))
    .orderBy('month', 'desc')
    .limit(mostRows)
    .execute();
  const ofAccount = rows.filter((row) => row.account_id !== null);
  return consumptionOf(ofAccount.length > 0 ? ofAccount : rows, at);
}
