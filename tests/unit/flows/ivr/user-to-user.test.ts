import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUserToUser, writeUserToUser } from '../../../../cti-bridge/flows/ivr/user-to-user.ts';

const hex = (text: string) => Buffer.from(text).toString('hex');

describe('what two systems say to each other with a call', () => {
  it.each([
    ['hexadecimal, with the word for it', `${hex('customer=42')};encoding=hex`, 'customer=42'],
    ['with the discriminator of ISDN in front', `04${hex('customer=42')};encoding=hex;purpose=isdn-uui;content=isdn-uui`, 'customer=42'],
    ['with the discriminator of what users agree on', `00${hex('42')};purpose=isdn-uui;encoding=hex`, '42'],
    ['hexadecimal without a word, as PBXs write it that came before the RFC', `04${hex('A17')}`, 'A17'],
    ['in capitals and blanks', ` 04${hex('A17').toUpperCase()} ; Encoding = HEX `, 'A17'],
    ['hexadecimal in quotes', `"${hex('A17')}";encoding=hex`, 'A17'],
    ['as text', 'customer=42', 'customer=42'],
    ['as a number that could be hexadecimal', '421977', '421977'],
    ['as text in quotes, with separators in it', '"customer=42;tier=\\"gold\\", yes";content=text', 'customer=42;tier="gold", yes'],
    ['the first of several', `${hex('one')};encoding=hex, ${hex('two')};encoding=hex`, 'one'],
    ['in Chinese', `${hex('姓名=李雷')};encoding=hex`, '姓名=李雷'],
    ['said to be hexadecimal, and not', 'zz;encoding=hex', null],
    ['of half a byte', 'abc;encoding=hex', null],
    ['of nothing', '', null],
    ['without end', `04${'61'.repeat(4_000)}`, null],
  ])('is read %s', (_how, value, text) => {
    expect(readUserToUser(value)).toBe(text);
  });

  it('is written so that it can be read, in one line of US-ASCII', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const ascii = encodeURIComponent(text.toWellFormed());
        const written = writeUserToUser(ascii);
        expect(written).toMatch(/^04[0-9a-f]*;encoding=hex;purpose=isdn-uui;content=isdn-uui$/);
        expect(readUserToUser(written)).toBe(ascii);
      }),
    );
  });

  it('never fails, and takes no time, whatever was sent', () => {
    fc.assert(fc.property(fc.string({ maxLength: 4_000 }), (value) => void readUserToUser(value)));
    const startedAt = performance.now();
    for (const nasty of ['"'.repeat(4_000), '\\"'.repeat(2_000), ';'.repeat(4_000), ` ;encoding=${' '.repeat(3_900)}`])
      readUserToUser(nasty);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});
