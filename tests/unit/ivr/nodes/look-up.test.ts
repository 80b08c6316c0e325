import { describe, expect, test } from 'vitest';
import type { FlowNode } from '../../../../cti-bridge/ivr/index.ts';
import { Caller, type CallerParts } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const lookUp = (what: 'customer' | 'case' | 'balance', by: string | null = null): FlowNode => ({
  kind: 'lookUp',
  what,
  by,
  whileWaiting: 'one-moment',
  limitMs: 5_000,
  exits: {},
});

describeNode([
  {
    when: 'look-up, quiet',
    node: lookUp('customer'),
    entering: 'do lookUp, wait 1000',
    cells: {
      'did found': 'stopWaiting, leave node by found',
      'did notFound': 'stopWaiting, leave node by notFound',
      'did error': 'stopWaiting, leave node by error',
      'did hangUp': 'stopWaiting, leave node by error',
      silence: 'play one-moment zh, wait 4000',
      'key 1': 'waits',
      'key 7': 'waits',
      'key #': 'waits',
      'hangs up': 'stopWaiting, stopDoing, leave node by hangUp',
    },
  },
  {
    when: 'look-up, with music',
    node: lookUp('customer'),
    entering: 'do lookUp, wait 1000',
    before: (caller) => caller.isSilent().played(),
    cells: {
      'did found': 'stopPlaying, stopWaiting, leave node by found',
      'did notFound': 'stopPlaying, stopWaiting, leave node by notFound',
      silence: 'stopPlaying, stopDoing, leave node by timeout',
      'key 1': 'waits',
      'key 7': 'waits',
      'key #': 'waits',
      'hangs up': 'stopPlaying, stopWaiting, stopDoing, leave node by hangUp',
    },
  },
  { when: 'look-up, by what nobody knows', node: lookUp('customer', 'entered.customerNumber'), entering: 'leave node by notFound' },
]);

describe('what is found', () => {
  const after = (node: FlowNode, outcome: string, facts: Record<string, string>, parts: CallerParts = {}) => {
    const { state } = new Caller(nodeFlow(node), parts).start().gets(outcome, facts);
    const { 'call.dialled': _, ...known } = state.facts;
    return known;
  };

  test('is asked for by a fact, or by the number of the call', () => {
    const caller = new Caller(nodeFlow(lookUp('case', 'entered.id')), { facts: { 'entered.id': '4711' } }).start();
    expect(caller.deed()).toEqual({ kind: 'lookUp', what: 'case', by: '4711' });
    expect(new Caller(nodeFlow(lookUp('balance'))).start().deed()).toEqual({ kind: 'lookUp', what: 'balance', by: null });
  });

  test('takes the place of what was known of it, and of nothing else', () => {
    const facts = { 'customer.name': 'Old', 'customer.tier': 'gold', 'case.open': 'yes' };
    expect(after(lookUp('customer'), 'found', { 'customer.name': 'New', 'balance.amount': '1', nonsense: 'x' }, { facts })).toEqual({
      'customer.name': 'New',
      'case.open': 'yes',
    });
  });

  test('nothing, is forgotten what was known; but not who the customer is by their number', () => {
    const facts = { 'customer.name': 'Old', 'case.open': 'yes' };
    expect(after(lookUp('case'), 'notFound', {}, { facts })).toEqual({ 'customer.name': 'Old' });
    expect(after(lookUp('customer'), 'notFound', {}, { facts })).toEqual(facts);
  });

  test('says the language of their record', () => {
    const caller = new Caller(nodeFlow(lookUp('customer'))).start().gets('found', { 'customer.locale': 'en' });
    expect(caller.state.callerLocale).toBe('en');
  });
});
