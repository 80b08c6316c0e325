import { describe, expect, it } from 'vitest';
import { judgeGuide } from '../../../../cti-bridge/crm/index.ts';
import { demoGuides } from '../../../../cti-bridge/store/seed/guides.ts';
import { demoConfiguration } from '../../../../cti-bridge/store/seed/organisation.ts';
import type { Guide } from '../../../../shared/contracts/guides.ts';
import { billing, choice, field, guide, step, to } from '../../shared/guides/guides.ts';

const house = { queueIds: new Set(['billing']), outcomes: new Set(['credited', 'explained']) };
const told = (given: unknown) => judgeGuide(given, house).map(({ code, stepId, field: at }) => [code, stepId, at]);
const withStep = (...steps: Guide['steps']) => guide({ steps });

describe('a guide judged as a whole', () => {
  it('finds nothing in one that is right', () => {
    expect(judgeGuide(billing, house)).toEqual([]);
  });

  it('finds nothing in those of the demo', () => {
    const { queues, dispositions } = demoConfiguration();
    const parents = new Set(dispositions.map(({ parent }) => parent));
    const demo = {
      queueIds: new Set(queues.map(({ id }) => id)),
      outcomes: new Set(dispositions.map(({ code }) => code).filter((code) => !parents.has(code))),
    };
    expect(demoGuides.flatMap((each) => judgeGuide(each, demo))).toEqual([]);
  });

  it.each([
    ['what is no guide', { format: 1 }, 'malformed'],
    ['one of a newer program', { format: 2 }, 'newerFormat'],
    ['nothing at all', null, 'malformed'],
  ])('refuses %s whole', (_what, given, code) => {
    expect(judgeGuide(given, house)[0]?.code).toBe(code);
  });

  it.each<[string, Guide, readonly unknown[]]>([
    ['a text in one language', withStep(step('a', { title: { en: 'A', zh: ' ' } })), ['wordsMissing', 'a', 'title']],
    ['a step twice', withStep(step('a', { exits: [to(null)] }), step('a')), ['stepTwice', 'a', null]],
    [
      'an answer twice',
      withStep(step('a', { fields: [field('x')], exits: [to('b')] }), step('b', { fields: [field('x')] })),
      ['answerTwice', 'b', 'fields/x'],
    ],
    ['a choice of one', withStep(step('a', { fields: [choice('x', ['one'])] })), ['noOptions', 'a', 'fields/x/options']],
    ['an option twice', withStep(step('a', { fields: [choice('x', ['one', 'one'])] })), ['optionTwice', 'a', 'fields/x/options/one']],
    ['limits that nothing fits', withStep(step('a', { fields: [field('x', { least: 5, most: 4 })] })), ['badLimits', 'a', 'fields/x/most']],
    ['a way to nowhere', withStep(step('a', { exits: [to('b', 'customer.tier', 'gold'), to(null)] })), ['unknownStep', 'a', 'exits/0']],
    ['no way on where nothing holds', withStep(step('a', { exits: [to(null, 'customer.tier', 'gold')] })), ['noWayOn', 'a', 'exits/0']],
    ['what is never taken', withStep(step('a', { exits: [to(null), to(null)] })), ['neverTaken', 'a', 'exits/0']],
    ['a step nobody comes to', withStep(step('a'), step('b')), ['unreachable', 'b', null]],
    [
      'a way without end',
      withStep(step('a', { fields: [field('x')], exits: [to('b')] }), step('b', { exits: [to('a')] })),
      ['neverEnds', 'b', null],
    ],
    [
      'a circle in which nothing is asked',
      withStep(step('a', { exits: [to('b')] }), step('b', { exits: [to('a', 'customer.tier', 'gold'), to(null)] })),
      ['circle', 'a', null],
    ],
    ['an answer that nobody gives', withStep(step('a', { say: { en: '{answer.x}', zh: '好' } })), ['unknownAnswer', 'a', 'say']],
    ['a fact that nobody knows', withStep(step('a', { say: { en: '{weather.now}', zh: '好' } })), ['unknownFact', 'a', 'say']],
    [
      'a comparison with what is not offered',
      withStep(step('a', { fields: [choice('x', ['one', 'two'])], exits: [to(null, 'answer.x', 'three'), to(null)] })),
      ['badRule', 'a', 'exits/0'],
    ],
    ['a comparison with nothing', withStep(step('a', { exits: [to(null, 'customer.tier', ' '), to(null)] })), ['badRule', 'a', 'exits/0']],
    ['a queue that is not there', guide({ opens: [{ queueId: 'sales', when: [] }] }), ['unknownQueue', null, 'opens/0/queueId']],
    [
      'an outcome that cannot be chosen',
      withStep(step('a', { exits: [to(null, undefined, '', 'all')] })),
      ['unknownOutcome', 'a', 'exits/0'],
    ],
  ])('tells %s, on its place', (_what, given, expected) => {
    expect(told(given)).toContainEqual(expected);
  });

  it('tells a circle once', () => {
    const circling = withStep(step('a', { exits: [to('b')] }), step('b', { exits: [to('a', 'customer.tier', 'gold'), to(null)] }));
    expect(told(circling).filter(([code]) => code === 'circle')).toHaveLength(1);
  });
});
