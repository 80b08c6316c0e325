import { describe, expect, it } from 'vitest';
import { columnsOf, isLeaf, searchOutcome } from '../../../../renderer/features/wrap-up/index.ts';
import { pathTo } from '../../../../renderer/features/wrap-up/outcomes.ts';
import { dispositions } from '../../../support/ui-stage/people.ts';

const codes = (path: readonly string[]) => columnsOf(dispositions, path).map((column) => column.outcomes.map((each) => each.code));

describe('the outcome tree', () => {
  it('opens one column per step of the path, and one more under a branch', () => {
    expect(codes([])).toHaveLength(1);
    expect(codes(['billing'])[1]).toEqual(['bill-explained', 'roaming', 'payment-plan', 'wrong-address']);
    expect(codes(['billing', 'roaming'])).toHaveLength(3);
    expect(codes(['billing', 'bill-explained'])).toHaveLength(2);
  });

  it('knows leaves, and the path to each', () => {
    expect(isLeaf(dispositions, 'billing')).toBe(false);
    expect(isLeaf(dispositions, 'credit-full')).toBe(true);
    expect(pathTo(dispositions, 'credit-full')).toEqual(['billing', 'roaming', 'credit-full']);
    expect(pathTo(dispositions, 'nonsense')).toEqual([]);
  });

  it('finds by what is typed, first in the column at hand', () => {
    const column = dispositions.filter((each) => each.parent === 'roaming');
    expect(searchOutcome(dispositions, column, 'no', 'en')?.code).toBe('no-credit');
    expect(searchOutcome(dispositions, column, 'rep', 'en')?.code).toBe('fault-repaired');
    expect(searchOutcome(dispositions, column, '故', 'zh')?.code).toBe('fault');
    expect(searchOutcome(dispositions, column, 'zzz', 'en')).toBeNull();
  });
});
