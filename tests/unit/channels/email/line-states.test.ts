import { expect, test } from 'vitest';
import { LineStates } from '../../../../cti-bridge/channels/email/line-states.ts';
import { serverWords, troubleOf } from '../../../../cti-bridge/channels/email/line-trouble.ts';
import type { LineState } from '../../../../cti-bridge/interactions/index.ts';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';

test('a mailbox is as its worse direction, since it is so, and tells only what changes', () => {
  const clock = new VirtualClock(0);
  const lines = new LineStates(clock);
  const told: LineState[] = [];
  lines.onChanged((state) => told.push(state));
  const [incoming, outgoing] = [lines.report('a', 'in'), lines.report('a', 'out')];
  incoming.connecting();
  clock.advance(10);
  outgoing.up();
  incoming.up();
  incoming.up();
  clock.advance(10);
  outgoing.down('No password.');
  clock.advance(10);
  incoming.down('No host.');
  incoming.connecting();
  outgoing.up();
  incoming.up();
  expect(told.map(({ state, why, since }) => [state, why, since])).toEqual([
    ['connecting', null, 0],
    ['up', null, 10],
    ['down', 'No password.', 20],
    ['down', 'No host. No password.', 20],
    ['down', 'No host.', 20],
    ['up', null, 30],
  ]);
  lines.forget('a', 'in');
  expect(lines.states()).toMatchObject([{ sourceId: 'a', state: 'up' }]);
  lines.forget('a', 'out');
  expect(lines.states()).toEqual([]);
});

const server = { host: 'mail.example', port: 993, username: 'service' };

test.each([
  [{ code: 'ECONNREFUSED' }, 'Nothing listens on mail.example:993.', false],
  [{ code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }, 'The certificate of mail.example:993 has expired.', false],
  [
    { code: 'ETLS', message: 'Error initiating TLS - self-signed certificate' },
    'The certificate of mail.example:993 is signed by nobody we know.',
    false,
  ],
  [{ code: 'EDNS', originalCode: 'ENOTFOUND' }, 'There is no host of the name mail.example.', false],
  [
    { code: 'EAUTH', response: '535 5.7.8 no\r\nX: injected' },
    'mail.example:993 does not accept the name service with its password. It says: 535 5.7.8 no X: injected',
    true,
  ],
  [{ code: 'EPROTOCOL', response: '554 go away' }, 'mail.example:993 says: 554 go away', false],
  [new Error('something else'), 'mail.example:993 cannot be used (something else).', false],
  [undefined, 'mail.example:993 cannot be used (undefined).', false],
])('what is wrong is told in plain words: %o', (error, why, isLogin) => {
  expect(troubleOf(error, server)).toEqual({ why, isLogin });
});

test('what a server says is shown on one line, without what a terminal would obey, and not for ever', () => {
  expect(serverWords('550 \u001b[31mno\u0007\r\n\u202eway  ')).toBe('550 [31mno way');
  expect(serverWords('x'.repeat(1_000))).toHaveLength(300);
  expect(serverWords(' ')).toBeNull();
});
