import { expect, test } from 'vitest';
import { branchOf, encodeUser, formatVia, parseNameAddr, parseUri, parseVia } from '../../../../cti-bridge/sip/index.ts';

test.each([
  ['sip:alice@example.com', { scheme: 'sip', user: 'alice', host: 'example.com', port: null }],
  ['sips:alice:secret@Example.COM:5071;transport=tcp', { scheme: 'sips', user: 'alice', host: 'example.com', port: 5071 }],
  ['sip:+1%2D555;npdi@gw.example.com;user=phone', { user: '+1-555', host: 'gw.example.com' }],
  ['sip:[2001:db8::1]:5060', { user: null, host: '2001:db8::1', port: 5060 }],
  ['sip:user;par=u%40example.net@example.com', { user: 'user', host: 'example.com' }],
  ['sip:100%@example.com', { user: '100%' }],
  ['sip:a@b?Subject=x', { hasHeaders: true }],
  ['tel:+1-201-555-0123;phone-context=x', { scheme: 'tel', user: '+12015550123', host: '' }],
])('%s is read as meant', (text, expected) => {
  expect(parseUri(text)).toMatchObject({ ok: true, value: expected });
});

test.each([
  '',
  'sip:',
  'alice@example.com',
  'sip:a@b:0',
  'sip:a@b:65536',
  'sip:a b@c',
  'sip:a@b c',
  'sip:a@[::1',
  'sip:<a>@b',
  'http://x',
  'tel:hello',
  'sip:a@b@c',
])('%j is no URI of ours', (text) => {
  expect(parseUri(text).ok).toBe(false);
});

test('what cannot stand in a user part is escaped, and comes back', () => {
  const uri = parseUri(`sip:${encodeUser('+86 1@x;y>\r\n')}@example.com`);
  expect(uri).toMatchObject({ ok: true, value: { user: '+86 1@x;y>\r\n', host: 'example.com' } });
});

test.each([
  ['<sip:a@b>', { displayName: null, uri: 'sip:a@b' }],
  ['Bob Smith <sip:a@b;lr>;tag=x', { displayName: 'Bob Smith', uri: 'sip:a@b;lr' }],
  ['"A \\"B\\", C" <sip:a@b>', { displayName: 'A "B", C' }],
  ['sip:a@b;tag=9', { uri: 'sip:a@b' }],
])('the address %s', (text, expected) => {
  expect(parseNameAddr(text)).toMatchObject({ ok: true, value: expected });
});

test.each([
  '',
  'Bell, Alexander <sip:a@b>',
  '"open <sip:a@b>',
  '<sip:a@b',
  '<sip:a@b> x',
  'sip:a@b?x=y',
  '"x" sip:a@b',
  '<>',
  'sip:a@b;ta g=1',
])('%j is no address', (text) => {
  expect(parseNameAddr(text).ok).toBe(false);
});

test('a Via is read with spaces, IPv6 and parameters, and written again', () => {
  const via = parseVia('SIP / 2.0 / udp [2001:db8::1]:5062 ; branch = z9hG4bKabc ;rport; received=192.0.2.1');
  if (!via.ok) throw new Error(via.error);
  expect(via.value).toMatchObject({ transport: 'UDP', host: '2001:db8::1', port: 5062 });
  expect(formatVia(via.value)).toBe('SIP/2.0/UDP [2001:db8::1]:5062;branch=z9hG4bKabc;rport;received=192.0.2.1');
  expect(branchOf(via.value)).toBe('z9hG4bKabc');
});

test.each([['SIP/2.0/UDP a;branch=old'], ['SIP/2.0/UDP a;branch=z9hG4bK'], ['SIP/2.0/UDP a']])(
  '%s names no transaction by its branch',
  (text) => {
    const via = parseVia(text);
    expect(via.ok && branchOf(via.value)).toBeNull();
  },
);
