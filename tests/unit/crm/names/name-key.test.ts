import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from '../../../../cti-bridge/crm/index.ts';

describe('the key of a name', () => {
  it.each([
    [
      'tomasz zielinski',
      [
        'Tomasz Zieliński',
        'TOMASZ  ZIELINSKI',
        ' tomasz zielin\u0301ski ',
        'Ｔｏｍａｓｚ　Ｚｉｅｌｉńｓｋｉ',
        'Tomasz\u200b Zielińs\u00adki',
      ],
    ],
    ['lukasz', ['Łukasz', 'łukasz', 'LUKASZ']],
    ["sean o'brien", ['Seán O’Brien', "SEAN O'BRIEN", 'Seán Oʼbrien', '\u202eSeán O’Brien\u202c']],
    ['strasse', ['Straße', 'STRASSE']],
    ['nguyen van duc', ['Nguyễn Văn Đức', 'nguyen van duc']],
    ['istanbul', ['İstanbul', 'istanbul', 'Istanbul', 'ıstanbul']],
    ['陈志远', ['陈志远', '陈志远 ', '陈\u200b志远', '\ufeff陈志远']],
    ['ガンダム', ['ガンダム', 'ｶﾞﾝﾀﾞﾑ']],
    ['김철수', ['김철수', '김철수'.normalize('NFD')]],
    ['احمد', ['أحمد', 'احمد', 'أَحْمَد', '\u200fأحمد']],
    ['αλεξησ', ['Αλέξης', 'ΑΛΕΞΗΣ']],
    ['андреи', ['Андрей', 'АНДРЕЙ']],
    ['bob 😀', ['Bob 😀', 'bob  😀\ufe0f']],
    ['jean-luc', ['Jean‑Luc', 'JEAN–LUC', 'jean-luc']],
  ] as [string, string[]][])('is %s however it is written', (key, forms) => {
    expect(forms.map((form) => [form, nameKey(form)])).toEqual(forms.map((form) => [form, key]));
  });

  it('keeps letters apart that are not accents', () => {
    expect(nameKey('राम')).not.toBe(nameKey('रम'));
    expect(nameKey('ハハ')).not.toBe(nameKey('パパ'));
    expect(nameKey('陈')).not.toBe(nameKey('张'));
    expect(nameKey('😀')).not.toBe(nameKey('😁'));
  });

  it('is its own key', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0x10ffff), { maxLength: 40 }).map((points) => String.fromCodePoint(...points)),
        (name) => nameKey(nameKey(name)) === nameKey(name),
      ),
    );
  });

  it('does not change with case, doubled spaces or invisible characters', () => {
    const invisible = fc.constantFrom('\u200b', '\u200e', '\u202e', '\ufeff', '\u2066', '\u00ad');
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z陈志远Ż-ż ]{0,20}$/), invisible, (name, sign) => {
        expect(nameKey([...name].join(sign))).toBe(nameKey(name));
        expect(nameKey(name.toUpperCase())).toBe(nameKey(name));
        expect(nameKey(name.replaceAll(' ', '  '))).toBe(nameKey(name));
      }),
    );
  });

  it('of a million characters takes time by their number, whatever they are', () => {
    for (const text of ['a\u0301\u0323', '\u0e38\u0e48', 'ก็', '\ud83d', '陈', ' ', 'x '])
      expect(nameKey(text.repeat(20_000)).length).toBeLessThanOrEqual(text.length * 20_000);
  });
});
