import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const transfer: NodeOf['transfer'] = { kind: 'transfer', number: '+442079460000', ringSeconds: 20, exits: {} };

describeNode([
  {
    when: 'transfer, calling',
    node: transfer,
    entering: 'music, do transfer, wait 25000',
    cells: {
      'did transferred': 'stopPlaying, stopWaiting, end at node, transferred',
      'did failed': 'stopPlaying, stopWaiting, leave node by failed',
      'did error': 'stopPlaying, stopWaiting, leave node by error',
      silence: 'stopPlaying, stopDoing, leave node by timeout',
      'hangs up': 'stopPlaying, stopWaiting, stopDoing, leave node by hangUp',
    },
  },
]);

test('it says whom to call and for how long', () => {
  const { deed } = { deed: new Caller(nodeFlow(transfer)).start().deed() };
  expect(deed).toEqual({ kind: 'transfer', number: '+442079460000', ringMs: 20_000 });
});
