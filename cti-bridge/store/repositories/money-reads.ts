import { sql } from 'kysely';
import type { ScoreReason } from '../../../shared/contracts/record.ts';
import { monthlyUse, monthsBefore, type Owed } from '../../crm/index.ts';
import type { ReadHandle } from '../schema.ts';

/** Whose: the cards of one person and the company they are of, or a company alone. */
export interface Debtor {
  readonly contactIds: readonly string[];
  readonly accountId: string | null;
}

/** What they use in a month, minor units: the company's, or their own where it has none. Null when nothing is known. */
export async function readMonthlyUse(
  db: ReadHandle,
  owner: Debtor,
  at: number,
): Promise<{ readonly amount: number; readonly currency: string; readonly changePercent: number | null } | null> {
  const months = monthsBefore(at, 6);
  const rows = await db
    .selectFrom('consumption')
    .select(['account_id', 'month', 'currency'])
    .select(({ fn }) => fn.sum<number>('amount').as('amount'))
    .where(isOf(owner))
    .where('month', '>=', months[0] ?? '')
    .groupBy(['account_id', 'month', 'currency'])
    .execute();
  const ofAccount = rows.filter((row) => row.account_id !== null);
  return monthlyUse(
    (ofAccount.length > 0 ? ofAccount : rows).map((row) => ({ ...row, amount: Number(row.amount) })),
    at,
  );
}

/** What is due and unpaid, minor units, and since when; null for nothing. */
export async function readArrears(
  db: ReadHandle,
  owner: Debtor,
  at: number,
): Promise<{ readonly amount: number; readonly currency: string; readonly since: number } | null> {
  const rows = await db
    .selectFrom('bill')
    .select('currency')
    .select(() => [sql<number>`sum(amount - paid)`.as('amount'), sql<number>`min(due_at)`.as('since')])
    .where(isOf(owner))
    .where('due_at', '<', at)
    .whereRef('paid', '<', 'amount')
    .groupBy('currency')
    .execute();
  const [most] = rows
    .map((row) => ({ amount: Number(row.amount), currency: row.currency, since: Number(row.since) }))
    .sort((one, other) => other.amount - one.amount || one.currency.localeCompare(other.currency));
  return most ?? null;
}

/** What is to be paid, due or not yet. Null where there never was a bill. */
export const moneyReads = {
  async readOwed(db: ReadHandle, owner: Debtor, at: number): Promise<Owed | null> {
    const rows = await db
      .selectFrom('bill')
      .select('currency')
      .select(() => [
        sql<number>`sum(amount - paid)`.as('unpaid'),
        sql<number>`sum(case when due_at < ${at} then amount - paid else 0 end)`.as('arrears'),
        sql<number | null>`min(case when paid < amount then due_at end)`.as('due_at'),
      ])
      .where(isOf(owner))
      .groupBy('currency')
      .execute();
    const [most] = rows
      .map((row) => ({
        currency: row.currency,
        unpaid: Number(row.unpaid),
        arrears: Number(row.arrears),
        dueAt: row.due_at === null ? null : Number(row.due_at),
      }))
      .sort((one, other) => other.unpaid - one.unpaid || one.currency.localeCompare(other.currency));
    return most ?? null;
  },
};

/** How likely they are to leave, 0 to 100, and why; null before it was computed. */
export async function readChurn(
  db: ReadHandle,
  headId: string,
  accountId: string | null,
): Promise<{ readonly risk: number; readonly reasons: readonly ScoreReason[] } | null> {
  const score = await db
    .selectFrom('score')
    .select(['churn', 'reasons'])
    .where('owner_id', '=', accountId ?? headId)
    .executeTakeFirst();
  if (!score) return null;
  const { churn } = JSON.parse(score.reasons) as { churn?: readonly ScoreReason[] };
  return { risk: score.churn, reasons: churn ?? [] };
}

function isOf({ contactIds, accountId }: Debtor) {
  const cards = sql.join(contactIds);
  if (accountId === null) return sql<boolean>`contact_id in (${cards})`;
  return contactIds.length === 0
    ? sql<boolean>`account_id = ${accountId}`
    : sql<boolean>`(account_id = ${accountId} or contact_id in (${cards}))`;
}
