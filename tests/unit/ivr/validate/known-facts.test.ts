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

describe('a secret of the caller’s', () => {
  const pin: FlowNode = {
    ...{ kind: 'collect', prompts: ['enter'], onInvalid: null, attribute: 'pin', minLength: 4, maxLength: 4, terminator: '#' },
    ...{ firstKeyMs: 5_000, betweenKeysMs: 2_000, masked: true, attempts: 2, exits: { done: 'next', nothing: 'queue' } },
  };

  test('is warned of where it would be heard or written down on its way, and left out there', () => {
    const say: FlowNode = { kind: 'say', parts: [{ fact: 'entered.pin', as: 'digits' }], exits: { next: 'queue' } };
    expect(problemsOf(answered({ pin, next: say }))).toEqual(['(secretUntold next parts/0/fact)']);
  });

  test('may be used to look something up, to decide, and in what is asked of another system', () => {
    const http: FlowNode = {
      ...{ kind: 'http', method: 'POST', url: 'https://pay.example/{entered.pin}', headers: {}, body: '{entered.pin}', takes: [] },
      ...{ whileWaiting: null, limitMs: 1_000, exits: { answered: 'ask', refused: 'ask' } },
    };
    expect(problemsOf(answered({ pin, next: http, ask: asking('entered.pin') }))).toEqual(['(secretUntold next url)']);
  });
});
