import { expect, test } from 'vitest';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

describeNode([
  {
    when: 'queue, with a priority',
    node: { kind: 'queue', queueId: 'billing', priority: 7, exits: {} },
    entering: 'end at node, queue billing 7',
  },
  {
    when: 'queue, with its own',
    node: { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
    entering: 'end at node, queue billing own',
  },
]);

test('what was set on the way goes along, its own priority before the one that was set', () => {
  const ending = (priority: number | null) => {
    const caller = new Caller(nodeFlow({ kind: 'queue', queueId: 'billing', priority, exits: {} }));
    caller.state = { ...caller.state, priority: 3, skills: 'french >= 4' };
    return caller.start().did().at(-1);
  };
  expect(ending(null)).toBe('queue billing 3 french >= 4');
  expect(ending(9)).toBe('queue billing 9 french >= 4');
});

test('the path says so', () => {
  const caller = new Caller(nodeFlow({ kind: 'queue', queueId: 'billing', priority: null, exits: {} })).start();
  expect(caller.path()).toEqual(['queued billing']);
});
