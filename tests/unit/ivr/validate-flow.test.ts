import { describe, expect, test } from 'vitest';
import { type Flow, type FlowNode, validateFlow } from '../../../cti-bridge/ivr/index.ts';
import { flowOf, hotline } from './flows.ts';

const queue: FlowNode = { kind: 'queue', queueId: 'end', priority: null };
const play = (next: string): FlowNode => ({ kind: 'play', prompts: ['p'], exits: { next } });
const menu = (settings: Partial<Extract<FlowNode, { kind: 'menu' }>> = {}): FlowNode => ({
  kind: 'menu',
  prompts: ['menu'],
  onSilence: 's',
  onWrongKey: 'w',
  keys: { '1': { label: { en: 'One', zh: '一' }, next: 'queue' } },
  waitMs: 5_000,
  attempts: 3,
  exits: { noInput: 'queue' },
  ...settings,
});
const collect = (settings: Partial<Extract<FlowNode, { kind: 'collect' }>> = {}): FlowNode => ({
  kind: 'collect',
  prompts: ['enter'],
  attribute: 'pin',
  maxLength: 4,
  terminator: '#',
  firstKeyMs: 5_000,
  betweenKeysMs: 2_000,
  masked: true,
  exits: { done: 'queue', nothing: 'queue' },
  ...settings,
});
const problems = (flow: Flow) => validateFlow(flow).map(({ code, nodeId }) => `${code} ${nodeId ?? 'flow'}`);

describe('a flow', () => {
  test('that is sound has no problems', () => {
    expect(validateFlow(hotline)).toEqual([]);
  });

  test('must start at one of its nodes', () => {
    expect(problems(flowOf({ queue }, 'nowhere'))).toEqual(['missingStart flow']);
    expect(problems(flowOf({ queue }, 'toString'))).toEqual(['missingStart flow']);
  });

  test.each([
    ['the next node', play('nowhere')],
    [
      'a key',
      menu({ keys: { '1': { label: { en: 'One', zh: '一' }, next: 'nowhere' }, '2': { label: { en: 'Two', zh: '二' }, next: 'queue' } } }),
    ],
    ['silence', menu({ exits: { noInput: 'nowhere' } })],
    ['digits', collect({ exits: { done: 'nowhere', nothing: 'queue' } })],
    ['no digits', collect({ exits: { done: 'queue', nothing: 'nowhere' } })],
  ])('must not lead nowhere by %s', (_exit, node) => {
    const found = validateFlow(flowOf({ node, queue }));
    expect(found.filter(({ code }) => code === 'unknownExit')).toMatchObject([
      { nodeId: 'node', what: expect.stringContaining('"nowhere"') },
    ]);
  });

  test('must have no node to which nothing leads', () => {
    expect(problems(flowOf({ play: play('queue'), queue, island: play('queue') }))).toEqual(['unreachable island']);
  });

  test('must have keys in its menus', () => {
    expect(problems(flowOf({ menu: menu({ keys: {} }), queue }))).toEqual(['menuWithoutKeys menu']);
  });

  test('must have numbers that make sense', () => {
    expect(problems(flowOf({ menu: menu({ attempts: 0, waitMs: Number.NaN }), queue }))).toEqual(['badNumber menu', 'badNumber menu']);
    expect(problems(flowOf({ collect: collect({ maxLength: 0 }), queue }))).toEqual(['badNumber collect']);
  });

  test('must not keep a caller who presses nothing for ever', () => {
    expect(problems(flowOf({ play: play('play') }))).toEqual(['loopWithoutInput play']);
    const round = flowOf({ welcome: play('menu'), menu: menu({ exits: { noInput: 'welcome' } }), queue });
    expect(validateFlow(round)).toMatchObject([
      { code: 'loopWithoutInput', nodeId: 'welcome', what: expect.stringContaining('welcome, menu, welcome') },
    ]);
    expect(problems(flowOf({ collect: collect({ exits: { done: 'queue', nothing: 'collect' } }), queue }))).toEqual([
      'loopWithoutInput collect',
    ]);
  });

  test('may go round by a key: the caller wanted it', () => {
    const round = flowOf({ menu: menu({ keys: { '9': { label: { en: 'Again', zh: '重听' }, next: 'menu' } } }), queue });
    expect(validateFlow(round)).toEqual([]);
  });

  test('names every problem at once', () => {
    const flow = flowOf({ menu: menu({ keys: {}, attempts: 0, exits: { noInput: 'nowhere' } }), island: queue });
    expect(problems(flow).toSorted()).toEqual(['badNumber menu', 'menuWithoutKeys menu', 'unknownExit menu', 'unreachable island']);
  });
});
