import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const callback: NodeOf['callback'] = {
  kind: 'callback',
  prompts: ['callback-offer'],
  queueId: 'billing',
  acceptKey: '1',
  waitMs: 4_000,
  exits: {},
};

describeNode([
  {
    when: 'callback, offering',
    node: callback,
    entering: 'play callback-offer zh',
    cells: {
      played: 'wait 4000',
      missing: 'wait 4000',
      'key 1': 'stopPlaying, do promiseCallback, wait 1000',
      'key 7': 'stopPlaying, leave node by declined',
      'key #': 'stopPlaying, leave node by declined',
      'hangs up': 'stopPlaying, leave node by hangUp',
    },
  },
  {
    when: 'callback, waiting for the key',
    node: callback,
    entering: 'play callback-offer zh',
    before: (caller) => caller.played(),
    cells: {
      'key 1': 'do promiseCallback, wait 1000',
      'key 7': 'stopWaiting, leave node by declined',
      'key #': 'stopWaiting, leave node by declined',
      silence: 'leave node by declined',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
  {
    when: 'callback, accepted',
    node: callback,
    entering: 'play callback-offer zh',
    before: (caller) => caller.presses('1'),
    cells: {
      'did promised': 'callbackKept billing, stopWaiting, leave node by promised',
      'did notPossible': 'stopWaiting, leave node by notPossible',
      'did error': 'stopWaiting, leave node by error',
      silence: 'play please-wait zh, wait 4000',
      'key 1': 'waits',
      'key 7': 'waits',
      'key #': 'waits',
      'hangs up': 'stopWaiting, stopDoing, leave node by hangUp',
    },
  },
]);

test('the key is in the trace', () => {
  const caller = new Caller(nodeFlow(callback)).start().presses('1').gets('promised');
  expect(caller.actions).toContainEqual(expect.objectContaining({ type: 'nodeLeft', exit: 'promised', keys: '1' }));
});
