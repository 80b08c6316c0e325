import { describe, expect, test } from 'vitest';
import type { ReceivedResponse } from '../../../../cti-bridge/sip/index.ts';
import { Authenticating, digestResponse, parseCredentials, parseMessage } from '../../../../cti-bridge/sip/index.ts';

const login = { username: 'line', password: 'word' };
const uri = 'sip:+1555@provider.example';
const client = () => new Authenticating(login, (size) => new Uint8Array(size).fill(1));

function challenged(status: number, ...headers: readonly string[]): ReceivedResponse {
  const lines = [
    `SIP/2.0 ${status} Who Are You`,
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-1',
    'From: <sip:a@x>;tag=near',
    'To: <sip:b@x>;tag=far',
    'Call-ID: c',
    'CSeq: 1 INVITE',
    ...headers,
  ];
  const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
  if (!parsed.ok || parsed.value.kind !== 'response') throw new Error('bad response');
  return parsed.value;
}

const md5 = (nonce: string, more = '') => `WWW-Authenticate: Digest realm="p", nonce="${nonce}", algorithm=MD5, qop="auth"${more}`;
const sha = (nonce: string, more = '') => `WWW-Authenticate: Digest realm="p", nonce="${nonce}", algorithm=SHA-256, qop="auth"${more}`;
const stale = ', stale=true';
const credentialsIn = (headers: readonly { name: string; value: string }[] | null) =>
  (headers ?? []).map(({ name, value }) => {
    const read = parseCredentials(value);
    return read.ok ? { name, ...read.value } : { name };
  });

describe('a challenge', () => {
  test('is answered with the response that the server computes itself', () => {
    const [sent] = credentialsIn(
      client()
        .begin()
        .answer(challenged(401, sha('n1')), 'INVITE', uri),
    );
    expect(sent).toMatchObject({ name: 'Authorization', algorithm: 'SHA-256', qop: 'auth', nc: '00000001', uri, username: 'line' });
    const { cnonce, response } = sent as unknown as { cnonce: string; response: string };
    const input = { algorithm: 'SHA-256', realm: 'p', method: 'INVITE', uri, nonce: 'n1', ...login } as const;
    expect(response).toBe(digestResponse({ ...input, qop: { cnonce, nc: '00000001' } }));
  });

  test.each([
    ['SHA-256 first', [sha('n1'), md5('n2')]],
    ['MD5 first', [md5('n2'), sha('n1')]],
    ['an unknown algorithm first', ['WWW-Authenticate: Digest realm="p", nonce="x", algorithm=SHA-512-256, qop="auth"', sha('n1')]],
    ['another scheme first', ['WWW-Authenticate: Bearer realm="p"', sha('n1')]],
  ])('in several algorithms, %s, is answered in the strongest', (_, headers) => {
    expect(
      credentialsIn(
        client()
          .begin()
          .answer(challenged(401, ...headers), 'INVITE', uri),
      ),
    ).toMatchObject([{ algorithm: 'SHA-256', nonce: 'n1' }]);
  });

  test('in MD5 alone is answered in MD5', () => {
    expect(
      credentialsIn(
        client()
          .begin()
          .answer(challenged(401, md5('n')), 'INVITE', uri),
      ),
    ).toMatchObject([{ algorithm: 'MD5' }]);
  });

  test('of a proxy and of its neighbour are answered together, each in its own header', () => {
    const proxy = 'Proxy-Authenticate: Digest realm="edge", nonce="e1", qop="auth"';
    const sent = client()
      .begin()
      .answer(challenged(407, proxy, md5('n')), 'INVITE', uri);
    expect(credentialsIn(sent)).toMatchObject([
      { name: 'Authorization', realm: 'p' },
      { name: 'Proxy-Authorization', realm: 'edge' },
    ]);
  });

  test('has its opaque returned as it came', () => {
    const [header] =
      client()
        .begin()
        .answer(challenged(401, md5('n', ', opaque="o 1"')), 'INVITE', uri) ?? [];
    expect(header?.value).toContain('opaque="o 1"');
  });

  test.each([
    ['that asks for what we cannot do', 401, ['WWW-Authenticate: Digest realm="p", nonce="n", algorithm=SHA-512-256']],
    ['with protection of the body alone', 401, ['WWW-Authenticate: Digest realm="p", nonce="n", qop="auth-int"']],
    ['without a challenge in it', 401, []],
    ['in a response of another status', 403, [md5('n')]],
  ])('%s is not answered', (_, status, headers) => {
    expect(
      client()
        .begin()
        .answer(challenged(status, ...headers), 'INVITE', uri),
    ).toBeNull();
  });
});

describe('giving up', () => {
  test('a password that was refused is not tried again', () => {
    const attempt = client().begin();
    expect(attempt.answer(challenged(401, md5('n1')), 'INVITE', uri)).not.toBeNull();
    expect(attempt.answer(challenged(401, md5('n2')), 'INVITE', uri)).toBeNull();
  });

  test('a server that finds every nonce stale is left after three challenges', () => {
    const attempt = client().begin();
    const answers = [1, 2, 3, 4].map((n) => attempt.answer(challenged(401, md5(`n${n}`, stale)), 'INVITE', uri) !== null);
    expect(answers).toEqual([true, true, true, false]);
  });

  test('another realm on the way is no refusal of the first', () => {
    const attempt = client().begin();
    attempt.answer(challenged(407, 'Proxy-Authenticate: Digest realm="edge", nonce="e", qop="auth"'), 'INVITE', uri);
    expect(credentialsIn(attempt.answer(challenged(401, md5('n')), 'INVITE', uri))).toHaveLength(2);
  });
});

test('a nonce serves the next requests with a count that rises, and a new one begins at 1', () => {
  const line = client();
  expect(line.headers('INVITE', uri)).toEqual([]);
  line.begin().answer(challenged(401, sha('n1')), 'INVITE', uri);
  expect(credentialsIn(line.headers('ACK', uri))).toMatchObject([{ nonce: 'n1', nc: '00000002' }]);
  expect(credentialsIn(line.headers('BYE', uri))).toMatchObject([{ nonce: 'n1', nc: '00000003' }]);
  expect(credentialsIn(line.begin().answer(challenged(401, sha('n2', stale)), 'BYE', uri))).toMatchObject([
    { nonce: 'n2', nc: '00000001' },
  ]);
});
