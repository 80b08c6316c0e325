import { expect, test } from 'vitest';
import { describeLogLine } from '../../../electron/bridge-host/index.ts';
import { welcomeText } from '../../../tools/welcome.ts';

test('shows warnings and errors of the bridge, and keeps the rest for the file', () => {
  expect(describeLogLine({ level: 30, msg: 'call:received' })).toBeNull();
  expect(describeLogLine({ level: 40, time: 'now', msg: 'trunk:refused', source: '192.0.2.1', count: 3 })).toBe(
    'warning: trunk:refused source=192.0.2.1 count=3',
  );
  expect(describeLogLine({ level: 'error', msg: 'service:died' })).toBe('error: service:died');
});

test('says where everything is and how to try it', () => {
  const logins = [{ username: 'lin.mei', password: 'demo', name: '林梅', role: 'agent' }];
  const text = welcomeText({ http: 'http://127.0.0.1:8600', sip: '127.0.0.1:5060' }, logins, '/data', '/data/bridge.log');
  expect(text).toContain('lin.mei / demo  林梅, agent');
  expect(text).toContain('npm run call');
  expect(text).toContain('dial 1000 from any SIP phone at 127.0.0.1:5060');
});
