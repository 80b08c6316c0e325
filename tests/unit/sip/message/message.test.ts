import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SipMessage } from '../../../../cti-bridge/sip/index.ts';
import {
  formatNameAddr,
  headerOf,
  headerValues,
  parseMessage,
  parseNameAddr,
  sdpOf,
  serializeMessage,
} from '../../../../cti-bridge/sip/index.ts';

const invite = (extra = '', body = '') =>
  [
    'INVITE sip:4001@example.com SIP/2.0',
    'Via: SIP/2.0/UDP [2001:db8::9:1]:5070;branch=z9hG4bK-1;rport',
    'f: "Jürgen" <sip:j@example.com>;tag=1',
    't: <sip:4001@example.com>',
    'i: call-1',
    'CSeq: 1 INVITE',
    `${extra}l: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');

const parsed = (text: string | Buffer) => {
  const result = parseMessage(Buffer.from(text));
  if (!result.ok) throw new Error(result.error.text);
  return result.value;
};

describe('reading', () => {
  test('compact names, UTF-8 and IPv6 are read as meant', () => {
    const message = parsed(invite());
    expect(message.from.displayName).toBe('Jürgen');
    expect(message.via).toMatchObject({ transport: 'UDP', host: '2001:db8::9:1', port: 5070 });
    expect(message).toMatchObject({ callId: 'call-1', fromTag: '1', toTag: null, cseq: { number: 1, method: 'INVITE' } });
  });

  test('unknown headers are kept verbatim', () => {
    expect(headerOf(parsed(invite('X-Odd: ;;, "a\\"b" ,,\r\n')), 'x-odd')).toBe(';;, "a\\"b" ,,');
  });

  test('list headers over several lines and commas are one list', () => {
    const message = parsed(invite('Supported: a, b\r\nk: c\r\nContact: "x, y" <sip:a@b;c=,>, <sip:d@e>\r\n'));
    expect(headerValues(message, 'Supported')).toEqual(['a', 'b', 'c']);
    expect(headerValues(message, 'Contact')).toEqual(['"x, y" <sip:a@b;c=,>', '<sip:d@e>']);
  });

  test('the length of the body is counted in bytes, not in characters', () => {
    expect(parsed(invite('Content-Type: text/plain\r\n', '中文')).body.toString('utf8')).toBe('中文');
  });

  test('a bare line break inside a header is refused and nobody is answered', () => {
    expect(parseMessage(Buffer.from(invite('X: a\nEvil: b\r\n')))).toMatchObject({ ok: false, error: { status: 400, reply: null } });
    expect(parseMessage(Buffer.from(invite('X: a\rEvil: b\r\n')))).toMatchObject({ ok: false, error: { reply: null } });
  });

  test('a broken ACK or response is not answered', () => {
    for (const text of [invite().replace('INVITE sip', 'ACK sip'), invite().replace(/^.*/, 'SIP/2.0 999 x')]) {
      expect(parseMessage(Buffer.from(text))).toMatchObject({ ok: false, error: { reply: null } });
    }
  });

  test('more than 256 headers or 64 kB are refused', () => {
    expect(parseMessage(Buffer.from(invite('X: y\r\n'.repeat(257))))).toMatchObject({ ok: false, error: { status: 513 } });
    expect(parseMessage(Buffer.alloc(65_536, 'a'))).toMatchObject({ ok: false, error: { status: 513 } });
  });

  test('the session description is found among the parts of a multipart body', () => {
    const body =
      '--b1\r\nContent-Type: application/isup\r\n\r\n\u0001\u0002\r\n--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=é\r\n\r\n--b1--\r\n';
    expect(sdpOf(parsed(invite('Content-Type: multipart/mixed; boundary="b1"\r\n', body)))).toBe('v=0\r\ns=é\r\n\r\n');
  });

  test('no bytes whatever make the parser throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void parseMessage(Buffer.from(bytes))),
      { numRuns: 300 },
    );
  });

  test('no change of a good message makes the parser throw, and what it takes can be written and read again', () => {
    const good = Buffer.from(invite('Contact: <sip:a@b>\r\n', 'v=0\r\n'));
    const hits = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(hits, (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        const first = parseMessage(bytes);
        if (!first.ok) return;
        const written = serializeMessage(first.value);
        if (!written.ok) throw new Error(written.error);
        expect(parseMessage(written.value)).toMatchObject({
          ok: true,
          value: { callId: first.value.callId, fromTag: first.value.fromTag, cseq: first.value.cseq },
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('writing', () => {
  const base: SipMessage = { kind: 'request', method: 'OPTIONS', uri: 'sip:a@b', headers: [], body: Buffer.alloc(0) };

  test('a line break in a value, a name, the URI or the reason is refused', () => {
    for (const bad of ['a\r\nEvil: b', 'a\nb', 'a\rb']) {
      expect(serializeMessage({ ...base, headers: [{ name: 'Subject', value: bad }] }).ok).toBe(false);
      expect(serializeMessage({ ...base, uri: `sip:${bad}` }).ok).toBe(false);
      expect(serializeMessage({ kind: 'response', status: 200, reason: bad, headers: [], body: Buffer.alloc(0) }).ok).toBe(false);
    }
    expect(serializeMessage({ ...base, headers: [{ name: 'A: b\r\nC', value: 'd' }] }).ok).toBe(false);
  });

  test('no display name adds a header or breaks out of its quotes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('"', '\\', '\r', '\n', '\0', '\u007f', '<', '>', ';', ',', 'a', ' ', 'é', '中'), { minLength: 1 }),
        (letters) => {
          const name = letters.join('');
          const value = formatNameAddr(name, 'sip:a@b', 't');
          expect(/[\r\n]/.test(value)).toBe(false);
          const address = parseNameAddr(value);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters became spaces
          expect(address).toMatchObject({ ok: true, value: { uri: 'sip:a@b', displayName: name.replace(/[\u0000-\u001f\u007f]+/g, ' ') } });
        },
      ),
      { numRuns: 200 },
    );
  });

  test('Content-Length is counted, whatever the headers claim', () => {
    const written = serializeMessage({ ...base, headers: [{ name: 'Content-Length', value: '999' }], body: Buffer.from('中') });
    expect(written.ok && written.value.toString()).toBe('OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 3\r\n\r\n中');
  });
});
