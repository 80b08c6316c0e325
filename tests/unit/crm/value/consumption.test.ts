import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consumptionOf, monthlyUse, monthsBefore, type UseOfMonth } from '../../../../cti-bridge/crm/index.ts';

const now = new Date(2026, 1, 10).getTime();
const row = (month: string, kind: string, amount: number, currency = 'CNY'): UseOfMonth => ({
  month,
  kind,
  quantity: amount / 10,
  unit: 'GB',
  amount,
  currency,
});

describe('consumption', () => {
  it('shows the last twelve whole months over the new year, the empty ones too', () => {
    const { months, total } = consumptionOf([row('2026-01', 'mobile', 50)], now) ?? {};
    expect(months).toEqual([
      '2025-02',
      '2025-03',
      '2025-04',
      '2025-05',
      '2025-06',
      '2025-07',
      '2025-08',
      '2025-09',
      '2025-10',
      '2025-11',
      '2025-12',
      '2026-01',
    ]);
    expect(total).toEqual([...Array(11).fill(0), 50]);
  });

  it('ends with the running month where something of it is known', () => {
    const { months, total } = consumptionOf([row('2026-01', 'mobile', 50), row('2026-02', 'mobile', 7)], now) ?? {};
    expect(months?.slice(-2)).toEqual(['2026-01', '2026-02']);
    expect(months).toHaveLength(12);
    expect(total?.slice(-2)).toEqual([50, 7]);
  });

  it('adds companies of a group by kind, the dearest kind first', () => {
    const { kinds } = consumptionOf([row('2026-01', 'voice', 10), row('2026-01', 'mobile', 50), row('2026-01', 'voice', 30)], now) ?? {};
    expect(kinds?.map(({ kind, amount, quantity }) => [kind, amount.at(-1), quantity.at(-1)])).toEqual([
      ['mobile', 50, 5],
      ['voice', 40, 4],
    ]);
  });

  it('never adds two currencies', () => {
    const { currency, total } = consumptionOf([row('2026-01', 'mobile', 50), row('2026-01', 'mobile', 20, 'GBP')], now) ?? {};
    expect([currency, total?.at(-1)]).toEqual(['CNY', 50]);
  });

  it('is nothing where no use is known', () => {
    expect(consumptionOf([], now)).toBeNull();
    expect(monthlyUse([], now)).toBeNull();
    expect(monthlyUse([row('2024-01', 'mobile', 5)], now)).toBeNull();
  });

  it.each<[string, number[], number | null, number]>([
    ['grows by a half', [10, 10, 10, 15, 15, 15], 50, 15],
    ['falls by eight percent, a peak in it', [525, 532, 526, 427, 417, 614], -8, 486],
    ['begins three months ago', [0, 0, 0, 9, 9, 9], null, 9],
  ])('a month is the mean of three: %s', (_, amounts, changePercent, amount) => {
    const rows = monthsBefore(now, 6).map((month, index) => row(month, 'mobile', amounts[index] ?? 0));
    expect(monthlyUse(rows, now)).toEqual({ amount, currency: 'CNY', changePercent });
  });

  it('does not compare what is not whole', () => {
    const rows = monthsBefore(now, 5).map((month) => row(month, 'mobile', 10));
    expect(monthlyUse(rows, now)).toEqual({ amount: 10, currency: 'CNY', changePercent: null });
  });

  it('counts every unit shown once, whatever the order', () => {
    const use = fc.array(
      fc.record({
        month: fc.constantFrom(...monthsBefore(now, 14)),
        kind: fc.constantFrom('mobile', 'voice', 'cloud'),
        quantity: fc.nat(100),
        unit: fc.constant('GB'),
        amount: fc.nat(10_000),
        currency: fc.constant('CNY'),
      }),
    );
    fc.assert(
      fc.property(use, (rows) => {
        const consumption = consumptionOf(rows, now);
        const shown = new Set(consumption?.months);
        const wanted = rows.filter((each) => shown.has(each.month)).reduce((sum, each) => sum + each.amount, 0);
        expect(consumption?.total.reduce((sum, each) => sum + each, 0) ?? 0).toBe(wanted);
        expect(consumptionOf([...rows].reverse(), now)).toEqual(consumption);
      }),
    );
  });
});
