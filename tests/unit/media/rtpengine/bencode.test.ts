import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BencodeValue, decodeBencode, encodeBencode } from '../../../../cti-bridge/media/rtpengine/bencode.ts';

test.each<[BencodeValue, string]>([
  [0, 'i0e'],
  [-7, 'i-7e'],
  ['ping', '4:ping'],
  ['', '0:'],
  ['热线', '6:热线'],
  [[], 'le'],
  [['replace', 3], 'l7:replacei3ee'],
  [{ sdp: 'v=0\r\n', command: 'offer' }, 'd7:command5:offer3:sdp5:v=0\r\ne'],
])('writes and reads %j as %j', (value, text) => {
  expect(encodeBencode(value)).toBe(text);
  expect(decodeBencode(Buffer.from(text))).toEqual({ ok: true, value });
});

test.each([
  '',
  'i',
  'ie',
  'i1.5e',
  'i--1e',
  '4:pin',
  '-1:',
  '4ping',
  'l',
  'd3:keye',
  'di1e3:keye',
  'i1ei2e',
  'l'.repeat(40) + 'e'.repeat(40),
  '99999999999999999999:x',
])('refuses %j', (text) => {
  expect(decodeBencode(Buffer.from(text)).ok).toBe(false);
});

const { value: anyValue } = fc.letrec<{ value: BencodeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger().map((number) => number + 0),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { noNullPrototype: true }),
  ),
}));

test('what was written is read back', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(decodeBencode(Buffer.from(encodeBencode(value)))).toEqual({ ok: true, value });
    }),
    { numRuns: 200 },
  );
});

test('no bytes harm the reader', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: fc.constantFrom(...'dlie0123456789:-'), maxLength: 64 })),
      (input) => {
        const bytes = typeof input === 'string' ? Buffer.from(input) : input;
        const read = decodeBencode(bytes);
        if (read.ok) expect(decodeBencode(Buffer.from(encodeBencode(read.value)))).toEqual(read);
      },
    ),
    { numRuns: 1_000 },
  );
});
