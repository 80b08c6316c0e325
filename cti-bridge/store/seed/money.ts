import { days, hours } from '../../../shared/duration.ts';
import { monthOf, monthsBefore, nextMonth } from '../../crm/index.ts';
import type { Row, Rows } from './insert-rows.ts';

type Owner = { readonly contact_id: string; readonly account_id: null } | { readonly contact_id: null; readonly account_id: string };
type Kind = readonly [kind: string, unit: string, costOfOne: number];

/** What each kind is counted in, and what one of it costs (minor units of pounds or dollars; tenfold in yuan). */
const kinds = {
  mobile: ['mobile', 'GB', 150],
  voice: ['voice', 'min', 8],
  leasedLine: ['leasedLine', 'line', 140_000],
  cloud: ['cloud', 'seat', 1_800],
} as const satisfies Record<string, Kind>;

export type AmountsOfMonth = Readonly<Partial<Record<keyof typeof kinds, number>>>;

export interface Money {
  readonly owner: Owner;
  readonly currency: 'CNY' | 'GBP';
  readonly now: number;
  /** Minor units by kind, one entry a whole month, the last one the month before now. */
  readonly months: readonly AmountsOfMonth[];
  /** Of the running month so far. */
  readonly running?: AmountsOfMonth;
  /** Of the last bill but one, still unpaid. */
  readonly arrears: number;
}

/** Twelve months that lead to so much a month, after a change in the last three. */
export function steadyMonths(monthly: number, changePercent: number, count: number, mix: AmountsOfMonth): AmountsOfMonth[] {
  const before = monthly / (1 + changePercent / 100);
  return Array.from({ length: count }, (_, index) => {
    const amount = index >= count - 3 ? monthly : before;
    return Object.fromEntries(Object.entries(mix).map(([kind, share]) => [kind, Math.round(amount * share)]));
  });
}

/** A month's use, its bill on the first of the next month, due four weeks later and paid on that day. */
export function moneyRows({
  owner,
  currency,
  now,
  months,
  running,
  arrears,
}: Money): Required<Pick<Rows, 'consumption' | 'bill' | 'payment'>> {
  const id = owner.contact_id ?? owner.account_id;
  const names = monthsBefore(now, months.length);
  const bills = months.map((amounts, index) => {
    const month = names[index] ?? '';
    const [year = 0, number = 1] = month.split('-').map(Number);
    const issued_at = Math.min(now, nextMonth(new Date(year, number - 1, 1).getTime()) + hours(6));
    const due_at = issued_at + days(28);
    const amount = total(amounts);
    const unpaid = due_at > now ? amount : index === months.length - 2 ? Math.min(amount, arrears) : 0;
    const bill_id = `bill-${id}-${month}`;
    return {
      bill_id,
      ...owner,
      number: `B-${month.replace('-', '')}-${numberOf(id)}`,
      month,
      issued_at,
      due_at,
      amount,
      paid: amount - unpaid,
      currency,
    };
  });
  return {
    consumption: [
      ...months.flatMap((amounts, index) => monthRows(owner, id, names[index] ?? '', amounts, currency)),
      ...(running ? monthRows(owner, id, monthOf(now), running, currency) : []),
    ],
    bill: bills,
    payment: bills
      .filter((bill) => bill.paid > 0)
      .map(({ bill_id, due_at, paid }) => ({
        payment_id: bill_id.replace('bill-', 'payment-'),
        ...owner,
        bill_id,
        at: Math.min(now, due_at - days(3)),
        amount: paid,
        currency,
        method: 'transfer',
      })),
  };
}

function monthRows(owner: Owner, id: string, month: string, amounts: AmountsOfMonth, currency: 'CNY' | 'GBP'): Row<'consumption'>[] {
  return (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((name) => {
    const amount = amounts[name];
    if (amount === undefined) return [];
    const [kind, unit, costOfOne] = kinds[name];
    const quantity = Math.max(1, Math.round(amount / (costOfOne * (currency === 'CNY' ? 10 : 1))));
    return [{ consumption_id: `use-${id}-${month}-${kind}`, ...owner, month, kind, quantity, unit, amount, currency }];
  });
}

const total = (amounts: AmountsOfMonth) => Object.values(amounts).reduce((sum, each) => sum + each, 0);

/** A few digits of their own for the number of a bill. */
function numberOf(id: string): string {
  let mixed = 7;
  for (const letter of id) mixed = (mixed * 31 + letter.charCodeAt(0)) % 90_000;
  return String(10_000 + mixed);
}
