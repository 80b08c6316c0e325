import { describe, expect, test } from 'vitest';
import { type CallerStep, type Flow, type FlowNode, type NodeOf, type Pretended, simulate } from '../../../../cti-bridge/ivr/index.ts';
import { flowOf, hotline, sourceOf } from '../flows.ts';
import { callFlow, goBack } from '../validate/house.ts';

const somebody: Pretended = { number: '+447700900142', dialled: '10010', at: '2026-11-22T09:30', locale: 'en', facts: {}, answers: {} };
const silent: CallerStep = { does: 'staysSilent' };
const run = (flow: Flow, steps: readonly CallerStep[] = [], given: Partial<Pretended> = {}, ...others: readonly Flow[]) =>
  simulate(sourceOf(...others), flow, { ...somebody, ...given }, steps);
const told = ({ lines }: ReturnType<typeof simulate>) =>
  lines.map(({ what, nodeId, exit, prompts, text }) => [what, nodeId, exit ?? (text || prompts.join('+'))].join(' '));

describe('a run without a call', () => {
  test('goes by itself to where the flow listens, and stands there', () => {
    const simulated = run(hotline);
    expect(simulated).toMatchObject({ at: { nodeId: 'menu', waitsFor: 'key' }, locale: 'en', end: null });
    expect(told(simulated)).toEqual([
      'entered language ',
      'left language next',
      'entered answer ',
      'left answer next',
      'entered welcome ',
      'heard welcome welcome',
      'left welcome next',
      'entered menu ',
      'heard menu main-menu',
    ]);
  });

  test('takes a step of the caller each time it listens, and ends where a call would', () => {
    const simulated = run(hotline, [silent, { keys: '7' }, { keys: '2' }]);
    expect(simulated).toMatchObject({ at: null, end: { kind: 'queue', queueId: 'repairs', priority: 7, skills: null } });
    expect(told(simulated).filter((line) => !/^(entered|left)/.test(line))).toEqual([
      'heard welcome welcome',
      'heard menu main-menu',
      'silent menu ',
      'heard menu nothing-heard+main-menu',
      'pressed menu 7',
      'heard menu wrong-key+main-menu',
      'pressed menu 2',
      'heard wait-repairs please-wait',
      'end repairs queue repairs',
    ]);
  });

  test('tells when the caller hangs up, and when the flow broke', () => {
    expect(run(hotline, [{ does: 'hangsUp' }]).end).toMatchObject({ kind: 'callerLeft' });
    expect(run(flowOf({ a: { kind: 'answer', exits: {} } })).end).toEqual({
      kind: 'fault',
      queueId: 'fallback',
      priority: null,
      skills: null,
    });
  });

  test('is silent for as many steps as there are, however many that are', () => {
    expect(run(hotline, [silent, silent, silent]).end).toMatchObject({ kind: 'queue', queueId: 'general' });
  });

  test('is never without end', () => {
    const round = flowOf({ a: { kind: 'play', prompts: ['x'], exits: { next: 'a' } } });
    expect(run(round)).toMatchObject({ at: null, end: { kind: 'fault' }, lines: { length: 2_000 } });
    const typing = Array(100).fill({ keys: '7'.repeat(40) }) as CallerStep[];
    const menu = { ...(hotline.nodes.menu as NodeOf['menu']), exits: { noInput: 'menu' } };
    expect(run(flowOf({ menu }), typing)).toMatchObject({ at: null, end: { kind: 'fault', queueId: null } });
  });
});

describe('what others would do', () => {
  const look: FlowNode = {
    ...{ kind: 'lookUp', what: 'customer', by: null, whileWaiting: 'one-moment', limitMs: 5_000 },
    exits: { found: 'known', notFound: 'unknown', timeout: 'slow', error: 'broken' },
  };
  const end = (queueId: string): FlowNode => ({ kind: 'queue', queueId, priority: null, exits: {} });
  const flow = flowOf({
    answer: { kind: 'answer', exits: { next: 'look' } },
    look,
    known: end('k'),
    unknown: end('u'),
    slow: end('s'),
    broken: end('b'),
  });
  const endedIn = (given: Partial<Pretended>) => run(flow, [], given).end?.queueId;
  const answering = (exit: string) => ({ answers: { look: { exit, facts: { 'customer.tier': 'gold' } } } });

  test('is what is made up for the node', () => {
    expect(['found', 'notFound', 'error', 'nonsense'].map((exit) => endedIn(answering(exit)))).toEqual(['k', 'u', 'b', 'b']);
    expect(run(flow, [], answering('found')).facts).toMatchObject({ 'customer.tier': 'gold' });
  });

  test('is nothing at all where a time-out is made up: the caller hears why, then music', () => {
    const slow = run(flow, [], answering('timeout'));
    expect(slow.end?.queueId).toBe('s');
    expect(slow.lines.filter(({ what }) => what === 'heard').map(({ text, prompts, atMs }) => [atMs, text || prompts[0]])).toEqual([
      [1_000, 'one-moment'],
      [3_000, 'music'],
    ]);
    expect(slow.lines.at(-1)?.atMs).toBe(5_000);
  });

  test('is what they would do on a good day where nothing is made up', () => {
    expect(endedIn({ facts: { 'customer.name': 'Ann' } })).toBe('k');
    expect(endedIn({})).toBe('u');
  });

  test('promises a call, and the run ends as that', () => {
    const callback: FlowNode = {
      ...{ kind: 'callback', prompts: ['offer'], queueId: 'billing', acceptKey: '1', waitMs: 5_000 },
      exits: { promised: 'bye', declined: 'bye', notPossible: 'bye' },
    };
    const offering = flowOf({ callback, bye: { kind: 'hangUp', prompts: ['bye'], exits: {} } });
    expect(run(offering, [{ keys: '1' }]).end).toEqual({ kind: 'callback', queueId: 'billing', priority: null, skills: null });
    expect(run(offering, [{ keys: '2' }]).end).toMatchObject({ kind: 'hangUp' });
  });
});

describe('what is made up', () => {
  const branch = (fact: string, value: string): Flow =>
    flowOf({
      branch: {
        kind: 'branch',
        cases: [{ id: 'yes', label: '', all: [{ fact, is: 'equals', value }] }],
        exits: { yes: 'yes', otherwise: 'no' },
      },
      yes: { kind: 'queue', queueId: 'yes', priority: null, exits: {} },
      no: { kind: 'queue', queueId: 'no', priority: null, exits: {} },
    });

  test.each([
    ['now.time', '09:30'],
    ['now.date', '2026-11-22'],
    ['now.day', 'sun'],
    ['call.number', '+447700900142'],
    ['call.dialled', '10010'],
    ['queue.billing.waiting', '3'],
    ['customer.tier', 'gold'],
  ])('is the hour, the caller and what is known: %s', (fact, value) => {
    const facts = { 'queue.billing.waiting': '3', 'customer.tier': 'gold' };
    expect(run(branch(fact, value), [], { facts }).end?.queueId).toBe('yes');
  });

  test('without a number is a withheld one', () => {
    expect(run(branch('call.anonymous', 'yes'), [], { number: null }).end?.queueId).toBe('yes');
  });

  test('leaves the rest to what the house knows at that hour', () => {
    const houseAt = (moment: string) => ({
      fact: (name: string) => (name === 'hours.day.open' ? String(moment === '2026-11-22T09:30') : undefined),
    });
    expect(simulate(sourceOf(), branch('hours.day.open', 'true'), somebody, [], houseAt).end?.queueId).toBe('yes');
  });
});

test('secrets are dots, and what is typed in a flow that is called is told of by its node', () => {
  const collect: FlowNode = {
    ...{ kind: 'collect', prompts: ['card'], onInvalid: null, attribute: 'card', minLength: 3, maxLength: 3, terminator: '#' },
    ...{ firstKeyMs: 5_000, betweenKeysMs: 2_000, masked: true, attempts: 1, exits: { done: 'home', nothing: 'home' } },
  };
  const pay = flowOf({ card: collect, home: goBack }, 'card', { flowId: 'pay' });
  const flow = flowOf({ call: callFlow('pay', 'bye'), bye: { kind: 'hangUp', prompts: [], exits: {} } });
  const simulated = run(flow, [{ keys: '411' }], {}, pay);
  expect(simulated.facts['entered.card']).toBe('•••');
  expect(JSON.stringify(simulated)).not.toMatch(/411|"text":"4"/);
  expect(told(simulated).filter((line) => line.startsWith('pressed'))).toEqual(Array(3).fill('pressed card •'));
});
