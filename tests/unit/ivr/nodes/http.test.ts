import { expect, test } from 'vitest';
import type { NodeOf } from '../../../../cti-bridge/ivr/index.ts';
import { Caller } from '../flows.ts';
import { describeNode, nodeFlow } from './node-table.ts';

const http: NodeOf['http'] = {
  kind: 'http',
  method: 'POST',
  url: 'https://orders.example/of/{entered.order}?pin={entered.pin}',
  headers: { 'X-Caller': '{call.number}' },
  body: '{"order": "{entered.order}", "pin": "{entered.pin}"}',
  takes: [{ path: '/state', as: 'orderState' }],
  whileWaiting: 'one-moment',
  limitMs: 3_000,
  exits: {},
};

describeNode([
  {
    when: 'HTTP, asking',
    node: http,
    entering: 'do http, wait 1000',
    cells: {
      'did answered': 'stopWaiting, leave node by answered',
      'did refused': 'stopWaiting, leave node by refused',
      'did error': 'stopWaiting, leave node by error',
      'did found': 'stopWaiting, leave node by error',
      silence: 'play one-moment zh, wait 2000',
      'key 1': 'waits',
      'key 7': 'waits',
      'key #': 'waits',
      'hangs up': 'stopWaiting, stopDoing, leave node by hangUp',
    },
  },
]);

const facts = { 'entered.order': 'A/1?x="&\r\n', 'entered.pin': '1234', 'call.number': '1\r\nX-Evil: 2' };

test('what is filled in stays a value, wherever it is written', () => {
  const deed = new Caller(nodeFlow(http), { facts }).start().deed();
  expect(deed).toMatchObject({
    url: 'https://orders.example/of/A%2F1%3Fx%3D%22%26%0D%0A?pin=1234',
    headers: { 'X-Caller': '1  X-Evil: 2' },
  });
  expect(JSON.parse((deed?.kind === 'http' && deed.body) || '')).toEqual({ order: 'A/1?x="&\r\n', pin: '1234' });
  const form = { ...http, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a={entered.order}' };
  expect(new Caller(nodeFlow(form), { facts }).start().deed()).toMatchObject({ body: 'a=A%2F1%3Fx%3D%22%26%0D%0A' });
});

test('half a character does not stop it', () => {
  const deed = new Caller(nodeFlow(http), { facts: { 'entered.order': '\ud800' } }).start().deed();
  expect(deed).toMatchObject({ url: 'https://orders.example/of/%EF%BF%BD?pin=' });
});

test('a secret goes into the body and nowhere else', () => {
  const caller = new Caller(nodeFlow(http), { facts });
  caller.state = { ...caller.state, masked: ['entered.pin'] };
  const deed = caller.start().deed();
  expect(deed).toMatchObject({ url: expect.stringMatching(/\?pin=$/), body: expect.stringContaining('"pin": "1234"') });
});

test('only what was asked for becomes known', () => {
  const caller = new Caller(nodeFlow(http)).start();
  caller.gets('answered', { 'lookUp.orderState': 'sent', 'lookUp.more': 'x', 'customer.tier': 'gold' });
  expect(caller.state.facts).toEqual({ 'call.dialled': '10010', 'lookUp.orderState': 'sent' });
});
