import { describeNode } from './node-table.ts';

describeNode([
  {
    when: 'return, in a flow that nobody called',
    node: { kind: 'return', exits: {} },
    entering: 'fault: nobody called this flow: there is nowhere to return to, queue fallback own',
  },
]);
