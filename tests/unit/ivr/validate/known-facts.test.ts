import { describe, expect, test } from 'vitest';
import type { FlowNode } from '../../../../cti-bridge/ivr/index.ts';
import { flowOf } from '../flows.ts';
import { answered, callFlow, goBack, houseOf, problemsOf } from './house.ts';

const asking = (...facts: readonly string[]): FlowNode => ({
  kind: 'branch',
  cases: [{ id: 'yes', label: '', all: facts.map((fact) => ({ fact, is: 'known', value: '' })) }],
  exits: { yes: 'queue', otherwise: 'queue' },
});
const set = (attributes: Record<string, string>, next = 'queue'): FlowNode => ({
  kind: 'set',
  priority: null,
  skills: null,
  attributes,
  exits: { next },
});

describe('facts', () => {
  test('that may be known are asked for without a word', () => {
    const facts = [
      'call.number',
      'customer.tier',
      'balance.arrears',
      'queue.billing.waiting',
      'hours.day.open',
      'now.time',
      'passed.anything',
    ];
    expect(problemsOf(answered({ ask: asking(...facts) }))).toEqual([]);
  });

  test('that nobody will ever know are refused', () => {
    const facts = ['customer.tiger', 'queue.gone.waiting', 'queue.billing.length', 'hours.night.open', 'planet.mars', 'toString.x'];
    expect(problemsOf(answered({ ask: asking(...facts) }))).toEqual(facts.map((_, index) => `unknownFact ask cases/0/all/${index}/fact`));
  });

  test('that nothing in the flow finds out are warned of, in templates too', () => {
    expect(problemsOf(answered({ ask: asking('entered.pin') }))).toEqual(['(unknownFact ask cases/0/all/0/fact)']);
    expect(problemsOf(answered({ set: set({ note: 'about {lookUp.order} {' }) }))).toEqual(['(unknownFact set attributes/note)']);
    expect(problemsOf(answered({ set: set({ note: 'x' }, 'ask'), ask: asking('attribute.note') }))).toEqual([]);
  });

  test('may be found out by a flow that is called, or by those that call it', () => {
    const inner = flowOf({ set: set({ note: 'x' }, 'home'), home: goBack }, 'set', { flowId: 'inner' });
    const flow = answered({ call: callFlow('inner', 'ask'), ask: asking('attribute.note') });
    expect(problemsOf(flow, houseOf({ others: [inner] }))).toEqual([]);
    expect(
      problemsOf(answered({ ask: { ...asking('entered.pin'), exits: { yes: 'home', otherwise: 'queue' } } as FlowNode, home: goBack })),
    ).toEqual([]);
  });
});
