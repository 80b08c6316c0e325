import { expect, test } from 'vitest';
import { welcomeText } from '../../../tools/welcome.ts';

const logins = [
  { username: 'lena.hartmann', name: 'Lena Hartmann', role: 'agent' },
  { username: 'lin.wei', name: '林薇', role: 'agent' },
  { username: 'priya.nair', name: 'Priya Nair', role: 'agent' },
  { username: 'dana.whitlock', name: 'Dana Whitlock', role: 'supervisor' },
];

test('says where everything is, who to sign in as and how to ring', () => {
  const text = welcomeText({
    addresses: { http: 'http://127.0.0.1:8600', sip: '127.0.0.1:5060', mail: '127.0.0.1:2526' },
    demo: { password: 'a-password', logins },
    dataFolder: '/data',
    logFile: '/data/bridge.log',
    sentMail: '/data/sent-mail',
  });
  for (const part of [
    'http://127.0.0.1:8600',
    'password a-password',
    'npm run call',
    'dial 1000 from any SIP phone at 127.0.0.1:5060',
    '/shop/, a mail by SMTP at 127.0.0.1:2526 to care@crosspoint.example',
  ]) {
    expect(text).toContain(part);
  }
  expect(text.split('\n').filter((line) => line.startsWith('    '))).toEqual([
    '    lena.hartmann  Lena Hartmann, agent',
    '    lin.wei        林薇, agent',
    '    dana.whitlock  Dana Whitlock, supervisor',
    '    and 1 more agents',
    '            or dial 1000 from any SIP phone at 127.0.0.1:5060',
    '            a text:  npm run sms -- --from 13900004126 "No signal since the storm"',
    '            mail that you answer goes to nobody, it lies in /data/sent-mail',
  ]);
  expect(text).toContain('a number that ends in 86 is busy');
});

test('names no place for mail where none is taken: its port is somebody else’s, or nobody wants any', () => {
  const addresses = { http: 'http://127.0.0.1:8600', sip: '127.0.0.1:5060' };
  const text = welcomeText({
    addresses,
    demo: { password: 'x', logins },
    dataFolder: '/data',
    logFile: '/data/bridge.log',
    sentMail: null,
  });
  expect(text).toContain('a chat at http://127.0.0.1:8600/shop/,\n');
  expect(text).not.toMatch(/SMTP|2525/);
});
