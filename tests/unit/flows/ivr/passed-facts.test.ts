import { expect, it } from 'vitest';
import { numbersAmong, passedFacts } from '../../../../cti-bridge/flows/ivr/passed-facts.ts';
import { writeUserToUser } from '../../../../cti-bridge/flows/ivr/user-to-user.ts';
import { takeOverRulesSchema } from '../../../../shared/contracts/ivr/take-over.ts';

const headers = (values: Readonly<Record<string, string>>) => (name: string) => values[name] ?? null;

it('takes over what the rules of the trunk name, and nothing else', () => {
  const rules = [
    { header: 'User-to-User', as: 'customerNumber', pick: '/customer' },
    { header: 'User-to-User', as: 'all' },
    { header: 'X-Reason', as: 'reason' },
    { header: 'X-Absent', as: 'absent' },
    { header: 'X-Reason', as: 'nothing', pick: '/field' },
  ];
  const header = headers({ 'User-to-User': writeUserToUser('customer=100042&menu=2'), 'X-Reason': ' bill\r\nX-Evil: 1', 'X-Other': 'x' });
  expect(passedFacts(rules, header)).toEqual({
    'passed.customerNumber': '100042',
    'passed.all': 'customer=100042&menu=2',
    'passed.reason': 'bill  X-Evil: 1',
  });
});

it('takes no part of what nobody sends who means well', () => {
  expect(passedFacts([{ header: 'X-A', as: 'a' }], headers({ 'X-A': 'x'.repeat(5_000) }))).toEqual({});
});

it('takes for the number of a customer what may be one', () => {
  const facts = {
    'passed.customer': 'C-100042',
    'passed.menu': '2',
    'passed.words': 'a word',
    'passed.tier': 'diamond',
    'entered.a': '100042',
  };
  expect(numbersAmong(facts)).toEqual(['C-100042']);
});

it.each([
  ['a header that is none', { header: 'X A', as: 'a' }],
  ['a line break', { header: 'X-A\r\n', as: 'a' }],
  ['a name that is none', { header: 'X-A', as: 'A b' }],
  ['a place that is none', { header: 'X-A', as: 'a', pick: 'customer' }],
  ['what it does not know', { header: 'X-A', as: 'a', pattern: '(a+)+$' }],
])('a rule with %s is refused', (_what, rule) => {
  expect(takeOverRulesSchema.safeParse([rule]).success).toBe(false);
});
