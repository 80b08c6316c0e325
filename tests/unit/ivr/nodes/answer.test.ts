import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const node: NodeOf['answer'] = { kind: 'answer', exits: {} };

describeNode([
  {
    when: 'answer, not answered yet',
    node,
    entering: 'answer',
    cells: { answered: 'leave node by next', 'key 1': 'waits', 'key 7': 'waits', 'key #': 'waits' },
  },
]);

test('a key that comes before the answer is kept', () => {
  expect(new Caller(nodeFlow(node)).start().presses('12').state.typedAhead).toBe('12');
});
