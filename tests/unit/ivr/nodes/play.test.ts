import { describeNode } from './node-table.ts';

const leaving = 'stopPlaying, leave node by next';

describeNode([
  {
    when: 'play, playing',
    node: { kind: 'play', prompts: ['a', 'b'], exits: {} },
    entering: 'play a+b zh',
    cells: {
      played: 'leave node by next',
      missing: 'leave node by next',
      'key 1': leaving,
      'key 7': leaving,
      'key #': leaving,
      'hangs up': 'stopPlaying, leave node by hangUp',
    },
  },
  { when: 'play, without prompts', node: { kind: 'play', prompts: [], exits: {} }, entering: 'leave node by next' },
]);
