import type { Consumption } from '../../../shared/contracts/record.ts';
import { monthOf, monthsBefore } from './months.ts';

/** One month of one kind of use. `amount` in minor units. */
export interface UseOfMonth {
  /** 2026-10 */
  readonly month: string;
  readonly kind: string;
  readonly quantity: number;
  readonly unit: string;
  readonly amount: number;
  readonly currency: string;
}

type Amount = Pick<UseOfMonth, 'month' | 'amount' | 'currency'>;

const monthsShown = 12;

/**
 * Use by month and kind, of one customer or of several together: the last twelve months, the running one with them where something of it is
 * known. Amounts of another currency than the main one are not added to it; the kind that costs most comes first. Null without any use.
 */
export function consumptionOf(rows: readonly UseOfMonth[], at: number): Consumption | null {
  const currency = mainCurrency(rows);
  if (currency === null) return null;
  const running = monthOf(at);
  const months = rows.some((row) => row.month === running)
    ? [...monthsBefore(at, monthsShown - 1), running]
    : monthsBefore(at, monthsShown);
  const place = new Map(months.map((month, index) => [month, index]));
  const nothing = () => months.map(() => 0);

  const kinds = new Map<string, { readonly unit: string; readonly quantity: number[]; readonly amount: number[] }>();
  const total = nothing();
  for (const row of rows) {
    const index = place.get(row.month);
    if (index === undefined || row.currency !== currency) continue;
    let kind = kinds.get(row.kind);
    if (!kind) kinds.set(row.kind, (kind = { unit: row.unit, quantity: nothing(), amount: nothing() }));
    kind.quantity[index] = (kind.quantity[index] ?? 0) + row.quantity;
    kind.amount[index] = (kind.amount[index] ?? 0) + row.amount;
    total[index] = (total[index] ?? 0) + row.amount;
  }
  return {
    currency,
    months: [...months],
    kinds: [...kinds]
      .map(([kind, figures]) => ({ kind, ...figures }))
      .sort((one, other) => sum(other.amount) - sum(one.amount) || (one.kind < other.kind ? -1 : 1)),
    total,
    changePercent: monthlyUse(rows, at)?.changePercent ?? null,
  };
}

/**
 * What is used in a month: the mean of the last three whole months of which anything is known, minor units. The change is against the mean of
 * the three before, in whole percent; null where one of the six months is missing or the three before were nothing.
 */
export function monthlyUse(
  rows: readonly Amount[],
  at: number,
): { readonly amount: number; readonly currency: string; readonly changePercent: number | null } | null {
  const months = monthsBefore(at, 6);
  const currency = mainCurrency(rows.filter((row) => months.includes(row.month)));
  if (currency === null) return null;
  const known = new Map<string, number>();
  for (const row of rows) if (row.currency === currency) known.set(row.month, (known.get(row.month) ?? 0) + row.amount);

  const amounts = (of: readonly string[]) => of.flatMap((month) => known.get(month) ?? []);
  const [earlier, recent] = [amounts(months.slice(0, 3)), amounts(months.slice(3))];
  if (recent.length === 0) return null;
  const before = mean(earlier);
  const isWhole = earlier.length === 3 && recent.length === 3 && before > 0;
  return {
    amount: Math.round(mean(recent)),
    currency,
    changePercent: isWhole ? Math.round((mean(recent) / before - 1) * 100) : null,
  };
}

/** The one in which most is used; of equals the first by its letters, so that the order of the rows never matters. */
function mainCurrency(rows: readonly Amount[]): string | null {
  const amounts = new Map<string, number>();
  for (const { currency, amount } of rows) amounts.set(currency, (amounts.get(currency) ?? 0) + Math.abs(amount));
  const [most] = [...amounts].sort(([one, much], [other, more]) => more - much || (one < other ? -1 : 1));
  return most?.[0] ?? null;
}

const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
const mean = (list: readonly number[]) => (list.length === 0 ? 0 : sum(list) / list.length);
