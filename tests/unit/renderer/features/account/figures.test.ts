import { describe, expect, it } from 'vitest';
import { kindsShown, monthlyUse, nextBill, nextEnding, peakOf, unusedOf } from '../../../../../renderer/features/account/figures.ts';
import { fromLocal, toDay, toLocal, toMinor } from '../../../../../renderer/features/account/forms/local-time.ts';
import { boxOf, ticksUpTo } from '../../../../../renderer/ui/index.ts';
import type { Consumption } from '../../../../../shared/contracts/record.ts';
import { stageCompany } from '../../../../support/ui-stage/companies.ts';

const now = new Date(2026, 10, 20, 12).getTime();
const use = (total: readonly number[]): Consumption => ({
  currency: 'GBP',
  months: ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'],
  kinds: [{ kind: 'mobile', unit: 'minute', quantity: [...total], amount: [...total] }],
  total: [...total],
  changePercent: null,
});

describe('the figures of a company', () => {
  it.each([
    ['the last three whole months, not the running one', [100, 100, 200, 300, 400, 9_999], 300],
    ['those that are known of somebody new', [0, 0, 0, 0, 500, 20], 500],
    ['nothing of somebody who used nothing yet', [0, 0, 0, 0, 0, 20], null],
  ])('count as monthly spend %s', (_what, total, expected) => {
    expect(monthlyUse(use(total), now)).toBe(expected);
  });

  it('name the month that stands out, and none where all are alike', () => {
    expect(peakOf(use([100, 100, 100, 100, 160, 100]))).toBe(4);
    expect(peakOf(use([100, 101, 99, 100, 110, 100]))).toBeNull();
    expect(peakOf(use([0, 0, 0, 0, 0, 100]))).toBeNull();
  });

  it('show four kinds at most, and what is left of them as one, with nothing lost', () => {
    const amounts = [50, 40, 30, 20, 10];
    const consumption = {
      ...use([150]),
      months: ['2026-10'],
      kinds: amounts.map((amount, index) => ({ kind: `k${index}`, unit: 'piece', quantity: [1], amount: [amount] })),
    };
    const shown = kindsShown(consumption);
    expect(shown.map(({ kind }) => kind)).toEqual(['k0', 'k1', 'k2', null]);
    expect(shown.map(({ amount }) => amount[0])).toEqual([50, 40, 30, 30]);
  });

  it('take the contract that ends next, and the last one where all are over', () => {
    const [contract] = stageCompany(now, 'en').contracts;
    if (!contract) throw new Error('no contract on the stage');
    const ending = (contractId: string, endsAt: number) => ({ ...contract, contractId, endsAt });
    expect(nextEnding([ending('far', now + 9), ending('near', now + 5), ending('over', now - 1)], now)?.contractId).toBe('near');
    expect(nextEnding([ending('older', now - 9), ending('newer', now - 1)], now)?.contractId).toBe('newer');
    expect(nextEnding([], now)).toBeNull();
  });

  it('count lines that are not used, and none of what has ended', () => {
    const { products } = stageCompany(now, 'en');
    expect(unusedOf(products).count).toBe(3);
    expect(unusedOf(products.map((product) => ({ ...product, status: 'ended' as const }))).count).toBe(0);
  });

  it('name the bill that is due next, not one that is overdue', () => {
    const { bills } = stageCompany(now, 'en');
    expect(nextBill(bills, now)?.month).toBe('2026-11');
    expect(nextBill(bills, now + 60 * 86_400_000)).toBeNull();
  });
});

describe('what is typed into a form', () => {
  it('is a moment of this computer’s time and back', () => {
    expect(fromLocal(toLocal(now))).toBe(now);
    expect(toDay(now)).toBe('2026-11-20');
    expect(fromLocal('')).toBeNull();
  });

  it.each([
    ['85', 8_500],
    ['85.5', 8_550],
    ['1,200.05', 120_005],
    ['', null],
    ['about 80', undefined],
    ['1.234', undefined],
    ['-5', undefined],
  ])('is an amount: %s', (typed, expected) => {
    expect(toMinor(typed)).toBe(expected);
  });
});

describe('the charts', () => {
  it.each([
    [0, [0, 1]],
    [599_000, [0, 200_000, 400_000, 600_000]],
    [7, [0, 2, 4, 6, 8]],
    [0.3, [0, 0.1, 0.2, 0.3]],
  ])('have round steps up to %s', (most, expected) => {
    expect(ticksUpTo(most).map((tick) => Math.round(tick * 100) / 100)).toEqual(expected);
  });

  it('put every point into one of nine boxes, the corners too', () => {
    expect([
      boxOf({ x: 0, y: 100 }),
      boxOf({ x: 100, y: 100 }),
      boxOf({ x: 50, y: 50 }),
      boxOf({ x: 0, y: 0 }),
      boxOf({ x: 100, y: 0 }),
    ]).toEqual([0, 2, 4, 6, 8]);
  });
});
