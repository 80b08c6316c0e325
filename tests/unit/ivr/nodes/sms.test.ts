import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const sms: NodeOf['sms'] = {
  kind: 'sms',
  to: null,
  text: { en: 'Hello {customer.name} {entered.pin}', zh: '您好{customer.name}' },
  exits: {},
};

describeNode([
  {
    when: 'text message, being sent',
    node: sms,
    entering: 'do sms, wait 1000',
    cells: {
      'did sent': 'stopWaiting, leave node by sent',
      'did notSent': 'stopWaiting, leave node by notSent',
      'did error': 'stopWaiting, leave node by error',
      silence: 'play please-wait zh, wait 9000',
      'key 1': 'waits',
      'key 7': 'waits',
      'key #': 'waits',
      'hangs up': 'stopWaiting, stopDoing, leave node by hangUp',
    },
  },
  { when: 'text message, to nobody known', node: { ...sms, to: 'entered.mobile' }, entering: 'leave node by notSent' },
]);

test('is in the language in force, without what would be no text, and without secrets', () => {
  const facts = { 'customer.name': 'Ann\r\nX', 'entered.pin': '1234' };
  expect(new Caller(nodeFlow(sms), { facts }).start().deed()).toEqual({ kind: 'sms', to: null, text: '您好Ann  X' });
  const caller = new Caller(nodeFlow(sms), { facts });
  caller.state = { ...caller.state, locale: 'en', masked: ['entered.pin'] };
  expect(caller.start().deed()).toMatchObject({ text: 'Hello Ann  X ' });
});
