import { describe, expect, it } from 'vitest';
import { type RecordFacts, thingsToKnow } from '../../../cti-bridge/crm/index.ts';
import { days, hours } from '../../../shared/duration.ts';

const at = Date.UTC(2026, 10, 21, 10);
const nothing: RecordFacts = {
  ...{ promises: [], cases: [], contractEndsAt: null, arrears: null, anniversaries: [], churnRisk: null, churnReasons: [] },
  ...{ contractLevel: null, products: [], prefersChannel: null, recentCalls: [] },
};

const promise = (dueAt: number, caseNumber: string | null = null) => ({ text: 'call back', dueAt, caseNumber });
const complaint = (dueAt: number | null, number = 'C-1') => ({
  caseId: number,
  number,
  kind: 'complaint' as const,
  subject: 'roaming',
  openedAt: at - days(3),
  dueAt,
});
const repair = (dueAt: number | null) => ({ ...complaint(dueAt, 'P-1'), kind: 'repair' as const });
const reason = (code: string, points: number) => ({ code, points });
const lines = (unused: number) => ({ productId: 'p', name: 'Fleet 40', detail: null, quantity: 62, unused });

/** One fact of each kind, in order of importance; each just inside its bounds. */
const rules: readonly (readonly [code: string, severity: number, facts: Partial<RecordFacts>, told: object])[] = [
  ['promiseOverdue', 1, { promises: [promise(at - 1)] }, { text: 'call back', dueAt: at - 1 }],
  ['promiseDue', 1, { promises: [promise(at, 'C-9')] }, { dueAt: at, caseNumber: 'C-9' }],
  ['caseOverdue', 1, { cases: [repair(at - 1)] }, { number: 'P-1', subject: 'roaming', dueAt: at - 1 }],
  ['complaintOpen', 2, { cases: [complaint(null)] }, { number: 'C-1', openedAt: at - days(3) }],
  ['contractEnding', 2, { contractEndsAt: at + days(30) }, { inDays: 30, endsAt: at + days(30) }],
  ['arrears', 2, { arrears: { amount: 1, currency: 'GBP' } }, { amount: 1, currency: 'GBP' }],
  ['anniversary', 3, { anniversaries: [{ label: 'birthday', day: '11-24', inDays: 3 }] }, { label: 'birthday', inDays: 3 }],
  [
    'churnRisk',
    3,
    { churnRisk: 70, churnReasons: [reason('tenure', -10), reason('silence', 20), reason('complaints', 30), reason('arrears', 5)] },
    { risk: 70, reason1: 'complaints', reason2: 'silence' },
  ],
  ['contractLevel', 3, { contractLevel: 'Gold' }, { level: 'Gold' }],
  ['unusedLines', 3, { products: [lines(0), lines(3)] }, { product: 'Fleet 40', unused: 3, quantity: 62 }],
  ['prefersChannel', 3, { prefersChannel: 'voice' }, { channel: 'voice' }],
  ['calledRecently', 3, { recentCalls: [at - hours(1), at - days(2), at - days(8)] }, { count: 2, lastAt: at - hours(1) }],
];

describe('things to know', () => {
  it.each(rules)('tells of %s with severity %i', (code, severity, facts, told) => {
    expect(thingsToKnow({ ...nothing, ...facts }, at)).toEqual([{ code, severity, facts: expect.objectContaining(told) }]);
  });

  it.each([
    ['a promise due in a day or later', { promises: [promise(at + days(1))] }],
    ['a case not due yet', { cases: [repair(at)] }],
    ['a contract ending later than in thirty days, or ended', { contractEndsAt: at + days(30) + 1 }],
    ['a contract that ended yesterday', { contractEndsAt: at - days(1) }],
    ['an anniversary in four days', { anniversaries: [{ label: 'x', day: '11-25', inDays: 4 }] }],
    ['a churn risk of 69', { churnRisk: 69 }],
    ['lines all in use', { products: [lines(0)] }],
    ['calls a week ago', { recentCalls: [at - days(7)] }],
    ['nothing at all', {}],
  ] satisfies readonly (readonly [string, Partial<RecordFacts>])[])('keeps quiet about %s', (_, facts) => {
    expect(thingsToKnow({ ...nothing, ...facts }, at)).toEqual([]);
  });

  it('tells the three most pressing, in the order of importance, whatever else there is', () => {
    for (let from = 0; from < rules.length; from++) {
      const told = thingsToKnow(together(rules.slice(from)), at).map((thing) => thing.code);
      expect(told).toEqual(rules.slice(from, from + 3).map(([code]) => code));
    }
  });

  it('does not tell of a case when the promise about it is told', () => {
    const facts = { ...nothing, promises: [promise(at + hours(1), 'C-1')], cases: [complaint(at - 1)] };
    expect(thingsToKnow(facts, at).map((thing) => thing.code)).toEqual(['promiseDue']);
  });

  it('tells of the earliest promise first', () => {
    const facts = { ...nothing, promises: [promise(at + hours(2)), promise(at - hours(1)), promise(at - hours(5))] };
    expect(thingsToKnow(facts, at).map((thing) => thing.facts.dueAt)).toEqual([at - hours(5), at - hours(1), at + hours(2)]);
  });
});

function together(some: typeof rules): RecordFacts {
  const facts = some.map(([, , each]) => each);
  const lists = { promises: facts.flatMap((each) => each.promises ?? []), cases: facts.flatMap((each) => each.cases ?? []) };
  return Object.assign({}, nothing, ...facts, lists);
}
