import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gsmCodesOf, readGsm } from '../../../shared/gsm-alphabet.ts';
import { countSms, splitSms } from '../../../shared/sms-segments.ts';

const gsmCharacters = Array.from({ length: 0x20ac + 1 }, (_, code) => String.fromCharCode(code)).filter((character) =>
  gsmCodesOf(character),
);
const gsmText = fc.array(fc.constantFrom(...gsmCharacters), { maxLength: 700 }).map((characters) => characters.join(''));
const anyText = fc.string({ unit: 'grapheme', maxLength: 400 });
const septets = (text: string) => [...text].reduce((sum, character) => sum + (gsmCodesOf(character)?.length ?? 0), 0);

describe('the alphabet of telephones', () => {
  it('has 127 characters of one code and ten of two', () => {
    const lengths = gsmCharacters.map((character) => gsmCodesOf(character)?.length);
    expect(lengths.filter((length) => length === 1)).toHaveLength(127);
    expect(lengths.filter((length) => length === 2)).toHaveLength(10);
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(gsmText, (text) => {
        expect(readGsm(Uint8Array.from([...text].flatMap((character) => gsmCodesOf(character) ?? [])))).toBe(text);
      }),
    );
  });

  it('reads whatever comes as some text', () => {
    expect(readGsm(Uint8Array.of(0x1b))).toBe(' ');
    expect(readGsm(Uint8Array.of(0x1b, 0x41))).toBe('A');
    expect(readGsm(Uint8Array.of(0x1b, 0x1b, 0x41))).toBe(' A');
    expect(readGsm(Uint8Array.of(0xe9))).toBe('é');
  });
});

describe('what a text takes', () => {
  const cases: readonly (readonly [string, string, number, number, number, string])[] = [
    ['nothing', '', 0, 0, 160, ''],
    ['a word', 'hello', 5, 1, 155, ''],
    ['a full one', 'a'.repeat(160), 160, 1, 0, ''],
    ['one more', 'a'.repeat(161), 161, 2, 145, ''],
    ['euros, which take two', '€'.repeat(80), 160, 1, 0, ''],
    ['a two that does not fit at the end of a part', `${'a'.repeat(152)}€${'a'.repeat(10)}`, 164, 2, 141, ''],
    ['Chinese', '您好', 2, 1, 68, '您好'],
    ['full Chinese', '好'.repeat(70), 70, 1, 0, '好'],
    ['more Chinese', '好'.repeat(71), 71, 2, 63, '好'],
    ['a picture, which takes two', '🙂', 2, 1, 68, '🙂'],
    ['a curly quote', 'don’t', 5, 1, 65, '’'],
    ['pictures that do not fit at the end of a part', `${'x'.repeat(66)}🙂🙂🙂`, 72, 2, 61, '🙂'],
  ];
  it.each(cases)('of %s', (_name, text, used, segments, left, outside) => {
    expect(countSms(text)).toEqual({ encoding: outside === '' ? 'gsm7' : 'ucs2', used, segments, left, outside: [...outside] });
  });

  it('is what is sent: nothing lost, no part too long, nothing split', () => {
    fc.assert(
      fc.property(fc.oneof(gsmText, anyText), (text) => {
        const { encoding, parts } = splitSms(text);
        const count = countSms(text);
        expect(parts.join('')).toBe(text);
        expect(parts).toHaveLength(count.segments);
        const [whole, part] = encoding === 'gsm7' ? [160, 153] : [70, 67];
        const sizes = parts.map((each) => (encoding === 'gsm7' ? septets(each) : each.length));
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(parts.length > 1 ? part : whole);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count.used);
        for (const each of parts) expect(each.isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });

  it('has room for just what it says is left', () => {
    fc.assert(
      fc.property(gsmText, (text) => {
        const { left, segments } = countSms(text);
        fc.pre(segments > 0);
        expect(countSms(`${text}${'a'.repeat(left)}`).segments).toBe(segments);
        expect(countSms(`${text}${'a'.repeat(left + 1)}`).segments).toBe(segments + 1);
      }),
    );
  });
});
