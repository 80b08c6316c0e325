import { expect, test } from 'vitest';
import { type NodeOf, storedState } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const set: NodeOf['set'] = {
  kind: 'set',
  priority: 5,
  skills: 'french >= 4',
  attributes: { reason: 'About {entered.topic}{entered.gone}' },
  exits: {},
};

describeNode([{ when: 'set', node: set, entering: 'leave node by next' }]);

test('what is set holds for what comes after', () => {
  const { state } = new Caller(nodeFlow(set), { facts: { 'entered.topic': 'roaming' } }).start();
  expect(state).toMatchObject({ priority: 5, skills: 'french >= 4', facts: { 'attribute.reason': 'About roaming' } });
});

test('what is not set stays as it was', () => {
  const caller = new Caller(nodeFlow({ kind: 'set', priority: null, skills: null, attributes: {}, exits: {} }));
  caller.state = { ...caller.state, priority: 3, skills: 'billing' };
  expect(caller.start().state).toMatchObject({ priority: 3, skills: 'billing' });
});

test('an attribute into which a secret is written is a secret', () => {
  const caller = new Caller(nodeFlow({ ...set, attributes: { copy: 'card {entered.card}' } }), {
    facts: { 'entered.card': '4111' },
  });
  caller.state = { ...caller.state, masked: ['entered.card'] };
  caller.start();
  expect(caller.state.facts['attribute.copy']).toBe('card 4111');
  expect(storedState(caller.state) + JSON.stringify(caller.actions)).not.toContain('4111');
});
