import type { Consumption } from '../../../../shared/contracts/record.ts';
import { consumptionOf, monthsBefore } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';

/** Of one company, or of several together; added up where the rows are, so that a large group costs no more to send. */
export async function readConsumption(db: ReadHandle, accountIds: readonly string[], at: number): Promise<Consumption | null> {
  const rows = await db
    .selectFrom('consumption')
    .select(['month', 'kind', 'currency'])
    .select(({ fn }) => [fn.sum<number>('quantity').as('quantity'), fn.sum<number>('amount').as('amount'), fn.max('unit').as('unit')])
    .where('account_id', 'in', accountIds)
    .where('month', '>=', monthsBefore(at, 12)[0] ?? '')
    .groupBy(['month', 'kind', 'currency'])
    .orderBy('month')
    .orderBy('kind')
    .execute();
  return consumptionOf(
    rows.map((row) => ({ ...row, quantity: Number(row.quantity), amount: Number(row.amount) })),
    at,
  );
}
