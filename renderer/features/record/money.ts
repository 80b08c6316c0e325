import type { BillView } from '../../../shared/contracts/record.ts';

/** What is due and not paid, in the currency of the latest such bill; null when nothing is. */
export function unpaid(
  bills: readonly BillView[],
  now: number,
): { readonly amount: number; readonly currency: string; readonly since: number } | null {
  const due = bills.filter((bill) => bill.dueAt < now && bill.paid < bill.amount);
  const latest = due.reduce<BillView | null>((found, bill) => (found && found.dueAt >= bill.dueAt ? found : bill), null);
  if (!latest) return null;
  const same = due.filter(({ currency }) => currency === latest.currency);
  return {
    amount: same.reduce((sum, bill) => sum + bill.amount - bill.paid, 0),
    currency: latest.currency,
    since: Math.min(...same.map(({ dueAt }) => dueAt)),
  };
}
