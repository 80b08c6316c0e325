import { describe, expect, test } from 'vitest';
import { type Flow, judgeFlow, runTests } from '../../../../cti-bridge/ivr/index.ts';
import { hotline, sourceOf } from '../flows.ts';
import { houseOf } from '../validate/house.ts';

type FlowTest = Flow['tests'][number];
const sample = (steps: FlowTest['steps'], expected: FlowTest['expect']): FlowTest => ({
  name: 'Bills',
  given: { number: null, dialled: '10010', at: '2026-11-22T09:30', locale: 'en', facts: {}, answers: {} },
  steps,
  expect: expected,
});
const failing = (...tests: FlowTest[]) => runTests(sourceOf(), { ...hotline, tests }).map(({ index, what }) => `${index}: ${what}`);

describe('the tests that a flow carries', () => {
  test('hold when the run comes to what they expect, and say nothing of the rest', () => {
    expect(failing(sample([{ keys: '1' }], { end: 'queue' }))).toEqual([]);
    expect(
      failing(sample([{ keys: '2' }], { end: 'queue', queueId: 'repairs', priority: 7, locale: 'en', passes: ['welcome', 'menu'] })),
    ).toEqual([]);
  });

  test('say what came instead', () => {
    expect(
      failing(sample([], { end: 'queue' }), sample([{ keys: '1' }], { end: 'queue', queueId: 'repairs', passes: ['goodbye'] })),
    ).toEqual([
      '0: the end queue was expected, none came.',
      '1: queue repairs was expected, billing came; passing node goodbye was expected, none came.',
    ]);
  });

  test('keep a flow from going live when one of them fails', () => {
    const house = houseOf({ queueIds: new Set(['fallback', 'billing', 'repairs', 'general']) });
    const judged = (...tests: FlowTest[]) => judgeFlow({ ...hotline, tests }, house);
    expect(judged(sample([{ keys: '1' }], { end: 'queue', queueId: 'billing' }))).toEqual([]);
    expect(judged(sample([{ keys: '9' }], { end: 'queue' }))).toMatchObject([
      { severity: 'error', code: 'testFailed', nodeId: null, field: 'tests/0', facts: { test: 'Bills' } },
    ]);
  });

  test('are not run on when all together take too long', () => {
    const long = sample(
      Array.from({ length: 100 }, () => ({ keys: '7'.repeat(40) })),
      { end: 'queue' },
    );
    const { menu } = hotline.nodes;
    if (menu?.kind !== 'menu') throw new Error('the hotline has one');
    const round = { ...hotline, nodes: { ...hotline.nodes, menu: { ...menu, exits: { ...menu.exits, noInput: 'menu' } } } };
    const failed = runTests(sourceOf(), { ...round, tests: Array(40).fill(long) });
    expect(failed[0]?.what).toBe('the end queue was expected, fault came.');
    expect(failed.at(-1)?.what).toBe('it was not run, since those before it took too long.');
  });

  test('know the opening hours of the house', () => {
    const hours: Flow['nodes'][string] = { kind: 'hours', hoursId: 'day', exits: { open: 'billing', closed: 'goodbye' } };
    const answer: Flow['nodes'][string] = { kind: 'answer', exits: { next: 'hours' } };
    const { billing, goodbye } = hotline.nodes;
    if (!billing || !goodbye) throw new Error('the hotline has both');
    const flow = { ...hotline, start: 'answer', nodes: { answer, hours, billing, goodbye } };
    const house = houseOf({ factsAt: (moment) => ({ fact: () => (moment.endsWith('T09:30') ? 'yes' : 'no') }) });
    const night = { ...sample([], { end: 'hangUp' }), given: { ...sample([], { end: 'queue' }).given, at: '2026-11-22T23:30' } };
    expect(judgeFlow({ ...flow, tests: [sample([], { end: 'queue' }), night] }, house)).toEqual([]);
  });
});
