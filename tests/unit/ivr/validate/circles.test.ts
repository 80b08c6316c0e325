import { describe, expect, test } from 'vitest';
import { type FlowNode, judgeFlow } from '../../../../cti-bridge/ivr/index.ts';
import { flowOf } from '../flows.ts';
import { answered, callFlow, goBack, houseOf, menu, play, problemsOf, queue } from './house.ts';

describe('a caller who presses nothing', () => {
  const loopsIn = (nodes: Record<string, FlowNode>, house = houseOf()) =>
    judgeFlow(answered(nodes), house)
      .filter(({ code }) => code === 'loopWithoutInput')
      .map(({ facts }) => facts.circle);

  test('must not be kept for ever', () => {
    expect(loopsIn({ play: play('play') })).toEqual(['play']);
    expect(loopsIn({ welcome: play('menu'), menu: menu({ exits: { '1': 'queue', noInput: 'welcome' } }) })).toEqual(['welcome, menu']);
  });

  test('must not be kept by what branches either, whichever way it goes', () => {
    const branch: FlowNode = {
      kind: 'branch',
      cases: [{ id: 'gold', label: '', all: [{ fact: 'customer.tier', is: 'equals', value: 'gold' }] }],
      exits: { gold: 'queue', otherwise: 'wait' },
    };
    expect(loopsIn({ branch, wait: play('branch') })).toEqual(['branch, wait']);
  });

  test('must not be kept by exits for time-outs and errors', () => {
    const look: FlowNode = {
      ...{ kind: 'lookUp', what: 'customer', by: null, whileWaiting: null, limitMs: 1_000 },
      exits: { found: 'queue', notFound: 'queue', error: 'sorry' },
    };
    expect(loopsIn({ look, sorry: play('look') })).toEqual(['look, sorry']);
  });

  test('each circle is named once', () => {
    const nodes = { a: play('b'), b: menu({ exits: { '1': 'c', noInput: 'a' } }), c: play('d'), d: play('c') };
    expect(loopsIn(nodes).toSorted()).toEqual(['a, b', 'c, d']);
  });

  test('may be sent round by a key: they wanted it', () => {
    expect(loopsIn({ menu: menu({ exits: { '1': 'menu', noInput: 'queue' } }) })).toEqual([]);
  });

  test('may come round by a flow in which they are asked something, and not by one in which they are not', () => {
    const nodes = { call: callFlow('sub', 'call') };
    const sub = (first: FlowNode) => houseOf({ others: [flowOf({ first, home: goBack, end: queue }, 'first', { flowId: 'sub' })] });
    expect(loopsIn(nodes, sub(play('home')))).toEqual(['call']);
    expect(loopsIn(nodes, sub(menu({ exits: { '1': 'home', noInput: 'end' } })))).toEqual([]);
  });

  test('is followed through a line of 500 nodes and through thousands of ways', () => {
    const line = Object.fromEntries(Array.from({ length: 498 }, (_, index) => [`n${index}`, play(index === 497 ? 'n0' : `n${index + 1}`)]));
    expect(loopsIn(line)).toHaveLength(1);
  });
});

describe('flows that call one another', () => {
  test('in every possible way are judged as quickly as any', () => {
    const levels = 40;
    const others = Array.from({ length: levels * 2 }, (_, index) => {
      const level = Math.floor(index / 2) + 1;
      const called = (side: number) => (level === levels ? `f1-${side}x` : `f${level + 1}-${side}`);
      const nodes = { one: callFlow(called(0), 'two'), two: callFlow(called(1), 'home'), home: goBack };
      return flowOf(nodes, 'one', { flowId: `f${level}-${index % 2}` });
    });
    const startedAt = performance.now();
    const found = problemsOf(answered({ call: callFlow('f1-0', 'call') }), houseOf({ others }));
    expect(found.filter((each) => each.startsWith('flowsCall'))).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test('without end are refused, whether by one or over others', () => {
    const flow = answered({ call: callFlow('other', 'queue') });
    const other = flowOf({ call: callFlow('test', 'home'), home: goBack }, 'call', { flowId: 'other' });
    expect(problemsOf(flow, houseOf({ others: [other] }))).toEqual(['flowsCallEachOther call flowId']);
    expect(problemsOf(answered({ call: callFlow('test', 'queue') }))).toEqual(['flowsCallEachOther call flowId']);
  });

  test('once are as they should be', () => {
    const other = flowOf({ play: play('home'), home: goBack }, 'play', { flowId: 'other' });
    expect(problemsOf(answered({ call: callFlow('other', 'queue') }), houseOf({ others: [other] }))).toEqual([]);
  });
});
