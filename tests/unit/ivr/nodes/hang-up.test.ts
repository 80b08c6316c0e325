import { describeNode } from './node-table.ts';

describeNode([
  {
    when: 'hang up, playing goodbye',
    node: { kind: 'hangUp', prompts: ['bye'], exits: {} },
    entering: 'play bye zh',
    cells: { played: 'end at node, hangUp', missing: 'end at node, hangUp', 'hangs up': 'stopPlaying, leave node by hangUp' },
  },
  { when: 'hang up, without prompts', node: { kind: 'hangUp', prompts: [], exits: {} }, entering: 'end at node, hangUp' },
]);
