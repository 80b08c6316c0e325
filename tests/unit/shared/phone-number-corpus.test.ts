import { describe, expect, it } from 'vitest';
import { type Dialling, normaliseNumber } from '../../../shared/phone-number.ts';
import { anonymousForms, homes, invalidForms, ownNumbers, publicNumbers } from './phone-number-corpus.ts';

function keyOf(form: string | null, home: string, dialling?: Dialling): string {
  const number = normaliseNumber(form, { homeCountry: home, dialling });
  return 'value' in number ? number.value : number.kind;
}

describe('the corpus of written numbers', () => {
  it('holds more than 300 different forms', () => {
    const forms = [
      ...publicNumbers.flatMap(({ everywhere, at }) => [...everywhere, ...Object.values(at).flat()]),
      ...ownNumbers.flatMap(([, , , each]) => each),
      ...anonymousForms,
    ];
    expect(new Set(forms).size).toBeGreaterThan(300);
  });

  it.each(publicNumbers)('leads every form of $what to $key', ({ key, everywhere, at }) => {
    const said = [
      ...homes.flatMap((home) => everywhere.map((form) => [home, form] as const)),
      ...Object.entries(at).flatMap(([home, forms]) => forms.map((form) => [home, form] as const)),
    ].map(([home, form]) => ({ home, form, key: keyOf(form, home) }));
    expect(said.filter((each) => each.key !== key)).toEqual([]);
  });

  it('leads the key to itself from every home, so that what was written is found', () => {
    for (const { key } of publicNumbers) for (const home of homes) expect([home, keyOf(key, home)]).toEqual([home, key]);
    for (const [, home, key] of ownNumbers) expect(keyOf(key, home)).toBe(key);
  });

  it.each(ownNumbers)('knows the %s number of %s %s', (kind, home, key, forms) => {
    expect(forms.map((form) => [form, normaliseNumber(form, home)])).toEqual(forms.map((form) => [form, { kind, value: key }]));
  });

  it('knows who withholds their number', () => {
    const kinds = anonymousForms.map((form) => [form, normaliseNumber(form, 'CN').kind]);
    expect(kinds.filter(([, kind]) => kind !== 'anonymous')).toEqual([]);
  });

  it('takes nothing else for a number', () => {
    const kinds = invalidForms.map((form) => [form, normaliseNumber(form, 'CN').kind]);
    expect(kinds.filter(([, kind]) => kind !== 'invalid')).toEqual([]);
  });
});

describe('an exchange of one’s own', () => {
  const ningbo: Dialling = { outsidePrefix: '9', areaCode: '0574' };

  it.each([
    ['9 13900004126', '+8613900004126'],
    ['9,139 0000 4126', '+8613900004126'],
    ['9021-28001234', '+862128001234'],
    ['9 0044 7700 900142', '+447700900142'],
    ['910086', '10086'],
    ['87001234', '+8657487001234'],
    ['987001234', '+8657487001234'],
    ['9-8700 1234', '+8657487001234'],
    ['8700 1234 转 802', '+8657487001234'],
    ['13900004126', '+8613900004126'],
    ['0574-87001234', '+8657487001234'],
    ['95588', '95588'],
    ['9012', '9012'],
    ['+8613900004126', '+8613900004126'],
  ])('reads %s as %s', (form, key) => {
    expect(keyOf(form, 'CN', ningbo)).toBe(key);
  });

  it('dials a zero for a line outside as it does a nine', () => {
    const zero: Dialling = { outsidePrefix: '0', areaCode: '021' };
    for (const form of ['013900004126', '0 139 0000 4126', '13900004126']) expect(keyOf(form, 'CN', zero)).toBe('+8613900004126');
    for (const form of ['0 021 28001234', '021-28001234', '28001234', '0-28001234']) expect(keyOf(form, 'CN', zero)).toBe('+862128001234');
    expect(keyOf('0 0044 7700 900142', 'CN', zero)).toBe('+447700900142');
  });

  it('is somewhere in other countries too', () => {
    expect(keyOf('7946 0123', 'GB', { outsidePrefix: null, areaCode: '020' })).toBe('+442079460123');
    expect(keyOf('23125123', 'DE', { outsidePrefix: '0', areaCode: '030' })).toBe('+493023125123');
    expect(keyOf('555-0142', 'US', { outsidePrefix: '9', areaCode: '202' })).toBe('+12025550142');
    expect(keyOf('9 1 202 555 0142', 'US', { outsidePrefix: '9', areaCode: '202' })).toBe('+12025550142');
    expect(keyOf('9 202 555 0142', 'US', { outsidePrefix: '9', areaCode: null })).toBe('+12025550142');
    expect(keyOf('917 555 0142', 'US', { outsidePrefix: '9', areaCode: null })).toBe('+19175550142');
    expect(keyOf('9 07700 900142', 'GB', { outsidePrefix: '9', areaCode: null })).toBe('+447700900142');
  });

  it('does not say where a number is when it does not know itself', () => {
    expect(keyOf('87001234', 'CN')).toBe('invalid');
    expect(keyOf('87001234', 'CN', { outsidePrefix: '9', areaCode: null })).toBe('invalid');
  });
});
