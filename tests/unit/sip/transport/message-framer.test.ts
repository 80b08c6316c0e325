import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Framed } from '../../../../cti-bridge/sip/index.ts';
import { MessageFramer, maxBodyBytes, maxHeadBytes } from '../../../../cti-bridge/sip/index.ts';

const message = (name: string, body = '', length: string | null = `Content-Length: ${Buffer.byteLength(body)}`): string =>
  [`OPTIONS sip:${name} SIP/2.0`, 'Via: SIP/2.0/TCP a;branch=z9hG4bKx', ...(length === null ? [] : [length]), '', body].join('\r\n');

const told = (framed: readonly Framed[]): string[] =>
  framed.map((each) => {
    if (each.kind === 'message') return each.bytes.toString();
    if (each.kind === 'unframed') return `${each.status} ${each.text}`;
    return each.kind === 'garbage' ? `garbage: ${each.why}` : each.kind;
  });
const push = (framer: MessageFramer, text: string) => told(framer.push(Buffer.from(text)));
const read = (text: string) => push(new MessageFramer(), text);

describe('messages in a stream', () => {
  test('are the same however the stream is cut into pieces', () => {
    const part = fc.oneof(
      fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('张伟\r\n\r\n', '\0\r\n')).map((body) => message('body', body)),
      fc.constantFrom('\r\n\r\n', message('none'), message('short', 'abc', 'l : 3'), message('folded', 'ab', 'Content-Length:\r\n  2')),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.array(fc.nat(2_000), { maxLength: 20 }), (parts, cuts) => {
        const stream = Buffer.from(parts.join(''));
        const framer = new MessageFramer();
        const found: string[] = [];
        let from = 0;
        for (const cut of [...new Set(cuts)].filter((at) => at < stream.length).toSorted((a, b) => a - b)) {
          found.push(...told(framer.push(stream.subarray(from, cut))));
          from = cut;
        }
        found.push(...told(framer.push(stream.subarray(from))));
        expect(found).toEqual(parts.flatMap((each) => (each === '\r\n\r\n' ? ['pong', 'ping'] : [each])));
        expect(framer.isWithinMessage).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  test('are never made of random bytes, and nothing is kept of them', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 10 }), (chunks) => {
        const framer = new MessageFramer();
        for (const chunk of chunks) for (const found of framer.push(Buffer.from(chunk))) expect(found.kind).not.toBe('message');
      }),
    );
  });
});

test.each([
  ['without Content-Length', message('a', '', null), ['400 Content-Length Missing']],
  ['with a negative one', message('a', '', 'Content-Length: -1'), ['400 Bad Content-Length']],
  ['with two that differ', message('a', '', 'Content-Length: 0\r\nl: 5'), ['400 Bad Content-Length']],
  ['with the same one twice', message('a', '', 'Content-Length: 0\r\nl: 0'), [message('a', '', 'Content-Length: 0\r\nl: 0')]],
  ['with a body beyond the limit', message('a', '', `Content-Length: ${maxBodyBytes + 1}`), ['513 Message Too Large']],
  ['of another protocol', 'GET / HTTP/1.1\r\n', ['garbage: not SIP']],
  ['that begins with a line feed', '\nOPTIONS', ['garbage: bare line feed']],
  ['whose start line does not end', 'a'.repeat(9_000), ['garbage: start line too long']],
])('a message %s', (_what, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test('a head that never ends is given up at 64 KB, and what follows is not read', () => {
  const framer = new MessageFramer();
  expect(push(framer, 'OPTIONS sip:a SIP/2.0\r\n')).toEqual([]);
  const header = `X: ${'y'.repeat(1_000)}\r\n`;
  const answers: string[] = [];
  for (let sent = 0; sent < maxHeadBytes + 2_000; sent += header.length) answers.push(...push(framer, header));
  expect(answers).toEqual(['garbage: header block too long']);
  expect(push(framer, message('late'))).toEqual([]);
});

test('a body of the greatest size is taken', () => {
  const whole = message('large', 'x'.repeat(maxBodyBytes));
  expect(read(whole)).toEqual([whole]);
});
