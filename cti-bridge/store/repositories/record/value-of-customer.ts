import type { Consumption, Score } from '../../../../shared/contracts/record.ts';
import { consumptionOf, monthsBefore } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { readScore } from '../score-reads.ts';
import { type Group, isOfGroup } from './group.ts';

/** A year and the months before it that its change is measured against. */
const monthsRead = 18;

/** The company's score, or the person's own where they have none. */
export function readScoreOf(db: ReadHandle, group: Group): Promise<Score | null> {
  return readScore(db, group.accountIds[0] ?? group.headId);
}

/** Of the first of their companies, or the person's own where they have none. */
export async function readConsumptionOf(db: ReadHandle, { contactIds, accountIds }: Group, at: number): Promise<Consumption | null> {
  const ofCompany = accountIds.length === 0 ? null : await readConsumption(db, { contactIds: [], accountIds: accountIds.slice(0, 1) }, at);
  return ofCompany ?? readConsumption(db, { contactIds, accountIds: [] }, at);
}

/** Of all of these together. */
export async function readConsumption(
  db: ReadHandle,
  owners: Pick<Group, 'contactIds' | 'accountIds'>,
  at: number,
): Promise<Consumption | null> {
  const rows = await db
    .selectFrom('consumption')
    .select(['month', 'kind', 'quantity', 'unit', 'amount', 'currency'])
    .where(isOfGroup(owners))
    .where('month', '>=', monthsBefore(at, monthsRead)[0] ?? '')
    .execute();
  return consumptionOf(rows, at);
}
