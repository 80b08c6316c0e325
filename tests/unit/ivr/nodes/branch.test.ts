import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller, type CallerParts } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const branch: NodeOf['branch'] = {
  kind: 'branch',
  cases: [
    { id: 'gold', label: 'Gold', all: [{ fact: 'customer.tier', is: 'equals', value: 'gold,platinum' }] },
    {
      id: 'owes',
      label: 'In arrears, and nobody waits',
      all: [
        { fact: 'balance.arrears', is: 'atLeast', value: '100' },
        { fact: 'queue.billing.waiting', is: 'atMost', value: '0' },
      ],
    },
  ],
  exits: {},
};

const owing: CallerParts = { facts: { 'balance.arrears': '250.10' }, house: { 'queue.billing.waiting': '0' } };

describeNode([
  { when: 'branch, nothing known', node: branch, entering: 'leave node by otherwise' },
  { when: 'branch, the first case', node: branch, parts: { facts: { 'customer.tier': 'Gold' } }, entering: 'leave node by gold' },
  { when: 'branch, all conditions of the second', node: branch, parts: owing, entering: 'leave node by owes' },
  {
    when: 'branch, one of its conditions only',
    node: branch,
    parts: { ...owing, house: { 'queue.billing.waiting': '3' } },
    entering: 'leave node by otherwise',
  },
]);

test('what the house knows is asked at that moment, and not taken from what was known before', () => {
  const node: NodeOf['branch'] = {
    kind: 'branch',
    exits: {},
    cases: [{ id: 'busy', label: '', all: [{ fact: 'queue.a.waiting', is: 'atLeast', value: '1' }] }],
  };
  const caller = new Caller(nodeFlow(node), { facts: { 'queue.a.waiting': '9' }, house: { 'queue.a.waiting': '0' } });
  expect(caller.start().did()[0]).toBe('leave node by otherwise');
});
