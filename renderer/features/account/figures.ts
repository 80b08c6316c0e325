import type { AccountPage } from '../../../shared/contracts/account.ts';
import type { Consumption, ContractView, HeldProduct } from '../../../shared/contracts/record.ts';

/** What is used in a month: the mean of the last three whole months that anything is known of, minor units. The bridge counts it so too. */
export function monthlyUse(consumption: Consumption, now: number): number | null {
  const date = new Date(now);
  const running = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
  const known = consumption.months.flatMap((month, index) => (month < running ? [consumption.total[index] ?? 0] : []));
  const firstUsed = known.findIndex((amount) => amount > 0);
  const last = firstUsed < 0 ? [] : known.slice(Math.max(firstUsed, known.length - 3));
  return last.length === 0 ? null : Math.round(last.reduce((sum, each) => sum + each, 0) / last.length);
}

/** At most four kinds, the largest first; what is left of them is one kind, without a name. */
export function kindsShown(consumption: Consumption): readonly { readonly kind: string | null; readonly amount: readonly number[] }[] {
  const sum = (amount: readonly number[]) => amount.reduce((total, each) => total + each, 0);
  const kinds = consumption.kinds.toSorted((a, b) => sum(b.amount) - sum(a.amount));
  if (kinds.length <= 4) return kinds;
  const rest = kinds.slice(3);
  return [
    ...kinds.slice(0, 3),
    { kind: null, amount: consumption.months.map((_month, index) => sum(rest.map(({ amount }) => amount[index] ?? 0))) },
  ];
}

/** The month that stands out: the highest, where it is a sixth above the mean of the others. */
export function peakOf(consumption: Consumption): number | null {
  const { total } = consumption;
  const most = Math.max(...total);
  const index = total.indexOf(most);
  const others = total.filter((amount, at) => at !== index && amount > 0);
  if (others.length < 3) return null;
  return most > (others.reduce((sum, each) => sum + each, 0) / others.length) * (7 / 6) ? index : null;
}

/** The contract that ends next; of those that have all ended, the last. */
export function nextEnding(contracts: readonly ContractView[], now: number): ContractView | null {
  const running = contracts.filter(({ endsAt }) => endsAt >= now).toSorted((a, b) => a.endsAt - b.endsAt);
  return running[0] ?? contracts.toSorted((a, b) => b.endsAt - a.endsAt)[0] ?? null;
}

/** Lines that are installed and not used, and since when the first of them is. */
export function unusedOf(products: readonly HeldProduct[]): { readonly count: number; readonly since: number | null } {
  const unused = products.filter((product) => product.unused > 0 && product.status !== 'ended');
  const starts = unused.flatMap(({ startsAt }) => startsAt ?? []);
  return { count: unused.reduce((sum, product) => sum + product.unused, 0), since: starts.length === 0 ? null : Math.min(...starts) };
}

/** The bill that has to be paid next, of those that are not yet due. */
export function nextBill(bills: AccountPage['bills'], now: number): AccountPage['bills'][number] | null {
  return bills.filter(({ amount, paid, dueAt }) => paid < amount && dueAt >= now).toSorted((a, b) => a.dueAt - b.dueAt)[0] ?? null;
}
