import { describe, expect, it } from 'vitest';
import { diffConfigurations, validateConfiguration } from '../../../cti-bridge/organisation/index.ts';
import { demoConfiguration } from '../../../cti-bridge/store/seed/organisation.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { type CustomerScores, defaultCustomerScores } from '../../../shared/contracts/customer-scores.ts';

const demo = demoConfiguration();
const withScores = (scores: unknown): Configuration => ({
  ...demo,
  organisation: { ...demo.organisation, customerScores: scores as CustomerScores },
});
const problems = (scores: unknown) => {
  const judged = validateConfiguration(withScores(scores));
  return judged.ok ? [] : judged.problems.map(({ path }) => path);
};
const { churn, levels } = defaultCustomerScores;

describe('the weights of customers’ scores', () => {
  it('may be left out, as in every file that is older than they are', () => {
    expect(validateConfiguration(demo)).toMatchObject({ ok: true });
    expect(problems(defaultCustomerScores)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a weight above 100', { ...defaultCustomerScores, value: { ...defaultCustomerScores.value, use: 101 } }, 'value/use'],
    ['a weight below nothing', { ...defaultCustomerScores, churn: { ...churn, arrears: -1 } }, 'churn/arrears'],
    ['a part of a day', { ...defaultCustomerScores, churn: { ...churn, silentDays: 1.5 } }, 'churn/silentDays'],
    ['limits the wrong way around', { ...defaultCustomerScores, churn: { ...churn, contractSoonDays: 91 } }, 'churn/contractSoonDays'],
    ['boxes the wrong way around', { ...defaultCustomerScores, boxes: { middleFrom: 70, highFrom: 60 } }, 'boxes/middleFrom'],
    [
      'levels the wrong way around',
      { ...defaultCustomerScores, levels: [{ of: 'person', currency: 'CNY', middle: 9, high: 8 }] },
      'levels/0/middle',
    ],
    ['a currency twice', { ...defaultCustomerScores, levels: [...levels, levels[0]] }, `levels/${levels.length}/currency`],
    ['an outcome of nobody', { ...defaultCustomerScores, churn: { ...churn, leavingOutcomes: ['gone'] } }, 'churn/leavingOutcomes/0'],
    ['a weight nobody knows', { ...defaultCustomerScores, luck: 7 }, 'luck'],
  ])('are refused with %s', (_, scores, path) => {
    expect(problems(scores)).toEqual([`organisation/customerScores/${path}`]);
  });

  it('are told weight by weight in the history', () => {
    const after = withScores({ ...defaultCustomerScores, churn: { ...churn, arrears: 11 } });
    expect(diffConfigurations(withScores(defaultCustomerScores), after)).toEqual([
      { kind: 'changed', path: 'organisation/customerScores/churn/arrears', before: '10', after: '11' },
    ]);
  });
});
