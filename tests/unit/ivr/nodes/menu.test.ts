import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const menu: NodeOf['menu'] = {
  kind: 'menu',
  prompts: ['menu'],
  onSilence: 'silence',
  onWrongKey: 'wrong',
  keys: { '1': { en: 'One', zh: '一' } },
  waitMs: 5_000,
  attempts: 2,
  exits: {},
};

describeNode([
  {
    when: 'menu, playing',
    node: menu,
    entering: 'play menu zh',
    cells: {
      played: 'wait 5000',
      missing: 'wait 5000',
      'key 1': 'stopPlaying, leave node by 1',
      'key 7': 'play wrong+menu zh',
      'key #': 'play wrong+menu zh',
      'hangs up': 'stopPlaying, leave node by hangUp',
    },
  },
  {
    when: 'menu, waiting for a key',
    node: menu,
    entering: 'play menu zh',
    before: (caller) => caller.played(),
    cells: {
      'key 1': 'stopWaiting, leave node by 1',
      'key 7': 'stopWaiting, play wrong+menu zh',
      'key #': 'stopWaiting, play wrong+menu zh',
      silence: 'play silence+menu zh',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
  {
    when: 'menu, waiting for the last time',
    node: menu,
    entering: 'play menu zh',
    before: (caller) => caller.played().isSilent().played(),
    cells: {
      'key 1': 'stopWaiting, leave node by 1',
      'key 7': 'stopWaiting, leave node by noInput',
      'key #': 'stopWaiting, leave node by noInput',
      silence: 'leave node by noInput',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
  {
    when: 'menu, without any prompts',
    node: { ...menu, prompts: [], onSilence: null, onWrongKey: null },
    entering: 'wait 5000',
    cells: {
      'key 1': 'stopWaiting, leave node by 1',
      'key 7': 'wait 5000',
      'key #': 'wait 5000',
      silence: 'wait 5000',
      'hangs up': 'stopWaiting, leave node by hangUp',
    },
  },
]);

test('the path and the trace tell what was pressed, wrong keys too', () => {
  const caller = new Caller(nodeFlow(menu)).start().presses('71');
  expect(caller.path()).toEqual(['wrongKey 7', 'pressed 1 One 一']);
  expect(caller.actions).toContainEqual({ type: 'nodeLeft', flowId: 'test', version: 1, nodeId: 'node', exit: '1', keys: '71', facts: {} });
});
