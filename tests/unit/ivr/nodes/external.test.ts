import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const external: NodeOf['external'] = {
  kind: 'external',
  number: '7001',
  sends: { customer: '{customer.id}', pin: '{entered.pin}' },
  takes: [{ path: '/result', as: 'result' }],
  ringSeconds: 20,
  maxSeconds: 300,
  exits: {},
};

describeNode([
  {
    when: 'external IVR, away',
    node: external,
    entering: 'music, do external, wait 325000',
    cells: {
      'did returned': 'stopPlaying, stopWaiting, leave node by returned',
      'did failed': 'stopPlaying, stopWaiting, leave node by failed',
      'did error': 'stopPlaying, stopWaiting, leave node by error',
      silence: 'stopPlaying, stopDoing, leave node by timeout',
      'hangs up': 'stopPlaying, stopWaiting, stopDoing, leave node by hangUp',
    },
  },
]);

test('what is sent along holds no secret, and only what was asked for comes back', () => {
  const caller = new Caller(nodeFlow(external), { facts: { 'customer.id': 'c-7', 'entered.pin': '1234' } });
  caller.state = { ...caller.state, masked: ['entered.pin'] };
  expect(caller.start().deed()).toMatchObject({ sends: { customer: 'c-7', pin: '' }, ringMs: 20_000, maxMs: 300_000 });
  caller.gets('returned', { 'passed.result': 'paid', 'passed.more': 'x', 'customer.id': 'c-8' });
  expect(caller.state.facts).toMatchObject({ 'passed.result': 'paid', 'customer.id': 'c-7' });
  expect(caller.state.facts).not.toHaveProperty(['passed.more']);
});

test('keys are for the IVR over there and are not kept', () => {
  expect(new Caller(nodeFlow(external)).start().presses('123').state.typedAhead).toBe('');
});
