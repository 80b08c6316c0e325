import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeScore, monthsBefore, type ScoreInputs } from '../../../../cti-bridge/crm/index.ts';
import { type CustomerScores, defaultCustomerScores, matrixBox } from '../../../../shared/contracts/customer-scores.ts';
import { days } from '../../../../shared/duration.ts';

const now = new Date(2026, 10, 20, 9).getTime();
const nobody: ScoreInputs = {
  ...{ of: 'company', use: [], unpaidDueAt: [], hasBills: false, complaintsAt: [], leavingSignsAt: [], lastContactAt: null },
  ...{ contractEndsAt: null, products: [], customerSince: null, visits: [], offersAcceptedAt: [], stage: null },
};
const ago = (count: number) => now - days(count);
const use = (before: number, recent: number, currency = 'GBP') =>
  monthsBefore(now, 6).map((month, index) => ({ month, amount: index < 3 ? before : recent, currency }));
const told = (reasons: readonly { code: string; points: number }[]) => reasons.map(({ code, points }) => `${code} ${points}`);
const score = (more: Partial<ScoreInputs>, settings: CustomerScores = defaultCustomerScores) =>
  computeScore({ ...nobody, ...more }, settings, now);

describe('the score of a customer', () => {
  it('adds up for a key account whose contract ends, who complained and whose people look elsewhere', () => {
    const { value, growth, churn, reasons } = score({
      use: use(528_000, 486_000),
      hasBills: true,
      complaintsAt: [ago(3), ago(26)],
      leavingSignsAt: [ago(3)],
      lastContactAt: ago(3),
      contractEndsAt: now + days(24),
      products: [62, 1, 25, 8].map((quantity, index) => ({ quantity, unused: index === 0 ? 3 : 0 })),
      customerSince: ago(365 * 11 - 2),
      visits: [
        { at: ago(18), mood: 'atRisk' },
        { at: ago(102), mood: 'lead' },
      ],
      stage: 'mature',
    });
    expect(churn).toBe(78);
    expect(told(reasons.churn)).toEqual([
      'contractEnds 24',
      'complaints 18',
      'leavingSigns 16',
      'visitAtRisk 15',
      'useFalling 12',
      'tenure -7',
    ]);
    expect(told(reasons.value)).toEqual(['useLevel 50', 'products 16', 'paysOnTime 10', 'tenure 10']);
    expect(told(reasons.growth)).toEqual([
      'start 35',
      'visitLead 15',
      'roomForProducts 10',
      'unusedLines -5',
      'useFalling -8',
      'complaints -10',
    ]);
    expect(matrixBox(value, growth, defaultCustomerScores.boxes)).toBe('protect');
  });

  it.each<[string, Partial<ScoreInputs>, string[]]>([
    ['nothing is known', {}, []],
    ['the contract ends tomorrow', { contractEndsAt: now + days(1) }, ['contractEnds 24']],
    ['the contract ends in 31 days', { contractEndsAt: now + days(31) }, ['contractEnds 12']],
    ['the contract ends in 91 days', { contractEndsAt: now + days(91) }, []],
    ['the contract is over', { contractEndsAt: ago(1) }, ['contractOver 18']],
    ['they complained long ago', { complaintsAt: [ago(31)] }, ['complaints 4']],
    ['they complained very long ago', { complaintsAt: [ago(90)] }, []],
    ['they complained every day', { complaintsAt: [1, 2, 3, 4, 5].map(ago) }, ['complaints 27']],
    ['a bill is not due yet', { unpaidDueAt: [now + 1] }, []],
    ['a bill is due', { unpaidDueAt: [now] }, ['arrears 10']],
    ['a bill is a month late', { unpaidDueAt: [now, ago(30)] }, ['arrears 18']],
    ['nobody spoke to them for three months', { lastContactAt: ago(90) }, ['silence 8']],
    ['nobody spoke to them for half a year', { lastContactAt: ago(180) }, ['silence 15']],
    ['use goes down a little', { use: use(100, 98) }, []],
    ['use goes down by a third', { use: use(300, 200) }, ['useFalling 30']],
    ['use goes up', { use: use(200, 300) }, []],
    ['a tenth of the lines is unused', { products: [{ quantity: 10, unused: 1 }] }, ['unusedLines 6']],
    [
      'the last visit was a good one after a bad one',
      {
        visits: [
          { at: ago(50), mood: 'atRisk' },
          { at: ago(2), mood: 'good' },
        ],
      },
      ['visitGood -5'],
    ],
    ['a visit is still to come', { visits: [{ at: now + days(1), mood: 'atRisk' }] }, []],
  ])('counts for churn when %s', (_, more, expected) => {
    expect(told(score(more).reasons.churn)).toEqual(expected);
  });

  it.each<[number, number]>([
    [0, 0],
    [25_000, 13],
    [50_000, 25],
    [225_000, 38],
    [400_000, 50],
    [4_000_000, 50],
  ])('values %i pence a month at %i points', (amount, points) => {
    expect(score({ use: use(amount, amount) }).reasons.value.find((each) => each.code === 'useLevel')?.points ?? 0).toBe(points);
  });

  it('says of a currency without a level that it counts nothing', () => {
    expect(told(score({ use: use(1_000, 1_000, 'JPY') }).reasons.value)).toEqual(['noLevel 0']);
  });

  it('follows the weights that the organisation sets', () => {
    const settings = { ...defaultCustomerScores, churn: { ...defaultCustomerScores.churn, arrears: 40 } };
    expect(score({ unpaidDueAt: [now] }, settings).churn).toBe(40);
  });
});

const moment = fc.integer({ min: -800, max: 800 }).map((count) => now + days(count));
const past = fc.integer({ min: 0, max: 800 }).map(ago);
const inputs: fc.Arbitrary<ScoreInputs> = fc.record({
  of: fc.constantFrom('company', 'person'),
  use: fc.array(
    fc.record({
      month: fc.constantFrom(...monthsBefore(now + days(70), 10)),
      amount: fc.integer({ min: 0, max: 5_000_000 }),
      currency: fc.constantFrom('CNY', 'GBP', 'JPY'),
    }),
    { maxLength: 12 },
  ),
  unpaidDueAt: fc.array(moment, { maxLength: 4 }),
  hasBills: fc.boolean(),
  complaintsAt: fc.array(moment, { maxLength: 5 }),
  leavingSignsAt: fc.array(past, { maxLength: 3 }),
  lastContactAt: fc.option(past),
  contractEndsAt: fc.option(moment),
  products: fc.array(fc.record({ quantity: fc.nat(50), unused: fc.nat(60) }), { maxLength: 6 }),
  customerSince: fc.option(moment),
  visits: fc.array(fc.record({ at: moment, mood: fc.constantFrom('good', 'neutral', 'atRisk', 'lead', null) }), { maxLength: 4 }),
  offersAcceptedAt: fc.array(past, { maxLength: 3 }),
  stage: fc.constantFrom('prospect', 'new', 'growing', 'mature', 'declining', 'lost', null),
});

describe('every score', () => {
  it('lies between 0 and 100 and is the sum of its reasons', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const { reasons, ...scores } = computeScore(given, defaultCustomerScores, now);
        for (const name of ['value', 'growth', 'churn'] as const) {
          const sum = reasons[name].reduce((total, each) => total + each.points, 0);
          expect(scores[name]).toBe(Math.min(100, Math.max(0, sum)));
        }
      }),
    );
  });

  it('stays the same until the moment it names, though time goes on', () => {
    fc.assert(
      fc.property(inputs, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (given, share) => {
        const first = computeScore(given, defaultCustomerScores, now);
        const end = first.changesAt ?? now + days(400);
        const later = Math.min(end - 1, Math.floor(now + (end - now) * share));
        expect(computeScore(given, defaultCustomerScores, later)).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of what is known', () => {
    const turned = <Item>(list: readonly Item[]): Item[] => [...list].reverse();
    fc.assert(
      fc.property(inputs, (given) => {
        const other: ScoreInputs = {
          ...given,
          use: turned(given.use),
          unpaidDueAt: turned(given.unpaidDueAt),
          complaintsAt: turned(given.complaintsAt),
          products: turned(given.products),
          visits: turned(given.visits),
        };
        expect(computeScore(other, defaultCustomerScores, now)).toEqual(computeScore(given, defaultCustomerScores, now));
      }),
    );
  });
});
