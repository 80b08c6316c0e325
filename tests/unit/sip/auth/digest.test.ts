import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import {
  answerChallenge,
  digestResponse,
  formatChallenge,
  Nonces,
  parseCredentials,
  parseDigestHeader,
} from '../../../../cti-bridge/sip/index.ts';

describe('published vectors', () => {
  test('RFC 2617 §3.5: Mufasa', () => {
    const input = {
      username: 'Mufasa',
      realm: 'testrealm@host.com',
      password: 'Circle Of Life',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    };
    expect(digestResponse({ algorithm: 'MD5', ...input, qop: { nc: '00000001', cnonce: '0a4f113b' } })).toBe(
      '6629fae49393a05397450978507c4ef1',
    );
  });

  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('RFC 7616 §3.9.1: %s', (algorithm, expected) => {
    const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
    const input = {
      username: 'Mufasa',
      realm: 'http-auth@example.org',
      password: 'Circle of Life',
      method: 'GET',
      uri: '/dir/index.html',
      nonce,
    };
    const qop = { nc: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };
    expect(digestResponse({ algorithm, ...input, qop })).toBe(expected);
  });
});

test('a challenge answered by our own client is what our own reader expects', () => {
  const challenge = formatChallenge({ realm: 'crosspoint.invalid', nonce: 'n,1', algorithm: 'SHA-256', isStale: false });
  expect(parseDigestHeader(challenge)?.get('qop')).toBe('auth');
  const answer = answerChallenge(challenge, {
    method: 'REGISTER',
    uri: 'sip:x',
    username: 'u',
    password: 'p',
    cnonce: 'c',
    nonceCount: 10,
  });
  expect(parseCredentials(answer ?? '')).toMatchObject({
    ok: true,
    value: { username: 'u', nonce: 'n,1', algorithm: 'SHA-256', qop: 'auth', nc: '0000000a' },
  });
});

test('other schemes, unknown algorithms and missing parts are refused', () => {
  expect(parseCredentials('Basic abc').ok).toBe(false);
  expect(parseCredentials('Digest username="u", realm="r", nonce="n", uri="x", response="y", algorithm=SHA-512').ok).toBe(false);
  expect(parseCredentials('Digest username="u"').ok).toBe(false);
});

describe('nonces', () => {
  const clock = new VirtualClock();
  const nonces = new Nonces(clock, (size) => new Uint8Array(size).fill(7));

  test('are fresh for five minutes, then stale', () => {
    const nonce = nonces.issue('ws:1');
    expect(nonces.check(nonce, 'ws:1')).toBe('fresh');
    clock.advance(300_000);
    expect(nonces.check(nonce, 'ws:1')).toBe('fresh');
    clock.advance(1_000);
    expect(nonces.check(nonce, 'ws:1')).toBe('stale');
  });

  test('are worth nothing on another flow, changed, or made up', () => {
    const nonce = nonces.issue('ws:1');
    expect(nonces.check(nonce, 'ws:2')).toBe('foreign');
    expect(nonces.check(`0${nonce}`, 'ws:1')).toBe('foreign');
    for (const made of ['', '.', '..', 'zzz.yyy.xxx']) expect(nonces.check(made, 'ws:1')).toBe('foreign');
  });

  test('serve each count once, in rising order', () => {
    const nonce = nonces.issue('ws:1');
    expect([1, 1, 3, 2, 4].map((count) => nonces.use(nonce, count))).toEqual([true, false, true, false, true]);
  });
});
