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

  it('finds anywhere in the label: where it begins before a word of it, that before the middle of one', () => {
    const outcome = (code: string, en: string, zh = '', parent: string | null = null) => ({ code, label: { en, zh }, parent });
    const all = [outcome('a', 'Miscredited'), outcome('b', 'Partly credited'), outcome('c', 'Credit refused'), outcome('d', 'Other')];
    expect(searchOutcome(all, all, 'cred', 'en')?.code).toBe('c');
    expect(searchOutcome(all.slice(0, 2), [], 'CRED', 'en')?.code).toBe('b');
    expect(searchOutcome(all.slice(0, 1), [], 'cred', 'en')?.code).toBe('a');
    expect(searchOutcome(all, all, '  ', 'en')).toBeNull();
    const tree = [outcome('branch', 'Credit'), outcome('leaf', 'Credit', '', 'branch')];
    expect(searchOutcome(tree, [], 'cre', 'en')?.code).toBe('leaf');
  });

  it('finds Chinese labels by any of their characters and by pinyin, in full, cut off and by initials, from any syllable on', () => {
    const bill = { code: 'bill', label: { en: 'Bill explained', zh: '账单已解释' }, parent: null, reading: 'zhang dan yi jie shi' };
    const all = [{ code: 'fault', label: { en: 'Fault', zh: '故障' }, parent: null, reading: 'gu zhang' }, bill];
    for (const typed of ['账单', '解释', 'zhangdan', 'zhangd', 'zd', 'zdyjs', 'jieshi', 'js', 'zhang dan'])
      expect([typed, searchOutcome(all, all, typed, 'zh')?.code]).toEqual([typed, 'bill']);
    expect(searchOutcome(all, all, 'guz', 'zh')?.code).toBe('fault');
    expect(searchOutcome(all, all, 'hang', 'zh')).toBeNull();
    expect(searchOutcome(all, all, 'zhangdan', 'en')).toBeNull();
  });
});
