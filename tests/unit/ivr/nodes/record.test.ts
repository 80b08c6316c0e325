import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const record: NodeOf['record'] = { kind: 'record', prompts: ['say-your-name'], attribute: 'name', maxSeconds: 20, exits: {} };
const recording = 'do record, wait 25000';

describeNode([
  {
    when: 'record, playing',
    node: record,
    entering: 'play say-your-name zh',
    cells: {
      played: recording,
      missing: recording,
      'key 1': `stopPlaying, ${recording}`,
      'key 7': `stopPlaying, ${recording}`,
      'key #': `stopPlaying, ${recording}`,
      'hangs up': 'stopPlaying, leave node by hangUp',
    },
  },
  {
    when: 'record, recording',
    node: { ...record, prompts: [] },
    entering: recording,
    cells: {
      'did done': 'stopWaiting, leave node by done',
      'did nothing': 'stopWaiting, leave node by nothing',
      'did error': 'stopWaiting, leave node by error',
      'did found': 'stopWaiting, leave node by error',
      silence: 'stopDoing, leave node by timeout',
      'hangs up': 'stopWaiting, stopDoing, leave node by hangUp',
    },
  },
]);

test('the recording is known by its id', () => {
  const caller = new Caller(nodeFlow({ ...record, prompts: [] })).start();
  expect(caller.deed()).toEqual({ kind: 'record', attribute: 'name', maxMs: 20_000 });
  caller.gets('done', { 'entered.name': 'recording-7', 'customer.tier': 'gold' });
  expect(caller.state.facts).toEqual({ 'call.dialled': '10010', 'entered.name': 'recording-7' });
});
