import { describe, expect, test } from 'vitest';
import type { Condition } from '../../../cti-bridge/ivr/index.ts';
import { holds } from '../../../shared/conditions.ts';

const facts: Readonly<Record<string, string>> = {
  'customer.tier': 'Gold',
  'balance.arrears': '12.50',
  'balance.amount': '-3',
  'now.time': '08:30',
  'now.date': '2026-11-22',
  'customer.name': '',
};
const isSo = (fact: string, is: Condition['is'], value = '') => holds({ fact, is, value }, (name) => facts[name]);

describe('a condition', () => {
  test.each([
    ['customer.tier', 'equals', 'gold', true],
    ['customer.tier', 'equals', ' silver , GOLD', true],
    ['customer.tier', 'equals', 'silver', false],
    ['customer.tier', 'equals', 'gol', false],
    ['customer.tier', 'equals', '', false],
    ['customer.tier', 'equals', ',', false],
    ['customer.tier', 'differs', 'silver', true],
    ['customer.tier', 'differs', 'silver,gold', false],
    ['customer.tier', 'startsWith', 'go', true],
    ['customer.tier', 'startsWith', 'old', false],
    ['customer.tier', 'contains', 'x,OL', true],
    ['customer.tier', 'contains', 'x', false],
    ['customer.tier', 'known', '', true],
    ['customer.tier', 'unknown', '', false],
    ['customer.name', 'known', '', true],
    ['balance.arrears', 'atLeast', '9', true],
    ['balance.arrears', 'atLeast', '12.5', true],
    ['balance.arrears', 'atLeast', '12.51', false],
    ['balance.arrears', 'atMost', '12.50', true],
    ['balance.amount', 'atMost', '-2', true],
    ['balance.amount', 'atLeast', '-2', false],
    ['now.time', 'atLeast', '08:30', true],
    ['now.time', 'atLeast', '08:31', false],
    ['now.time', 'atMost', '18:00', true],
    ['now.date', 'atMost', '2026-11-22', true],
    ['now.date', 'atLeast', '2026-12-01', false],
  ] as const)('%s %s %s: %s', (fact, is, value, expected) => {
    expect(isSo(fact, is, value)).toBe(expected);
  });

  test.each([
    ['now.time', '2026-01-01'],
    ['now.date', '5'],
    ['customer.tier', '5'],
    ['balance.arrears', 'many'],
    ['balance.arrears', ''],
  ])('does not compare what is not alike, in neither way: %s with %s', (fact, value) => {
    expect([isSo(fact, 'atLeast', value), isSo(fact, 'atMost', value)]).toEqual([false, false]);
  });

  test('of what nobody knows holds only as unknown, or as something else', () => {
    const every = ['equals', 'differs', 'atLeast', 'atMost', 'startsWith', 'contains', 'known', 'unknown'] as const;
    expect(every.filter((is) => isSo('customer.segment', is, '0'))).toEqual(['differs', 'unknown']);
  });

  test('takes no time however long the texts are', () => {
    const long = '1'.repeat(100_000);
    const startedAt = performance.now();
    for (const is of ['equals', 'contains', 'atLeast', 'startsWith'] as const) holds({ fact: 'a.b', is, value: `${long},x` }, () => long);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});
