import { describe, expect, it } from 'vitest';
import { numberSearch, searchQuery } from '../../../../cti-bridge/crm/index.ts';

const look = (typed: string, home = 'CN') => numberSearch(typed, searchQuery(typed).digits, home);

describe('what is looked up among the numbers', () => {
  it('is the key of a whole number, in whatever form', () => {
    for (const typed of [
      '13900004126',
      '+86 139 0000 4126',
      '0086-139-0000-4126',
      'tel:+8613900004126',
      'sip:13900004126@x.example',
      '手机 13900004126',
    ])
      expect([typed, look(typed).key]).toEqual([typed, '+8613900004126']);
    expect(look('10086').key).toBe('10086');
    expect(look('6012').key).toBe('6012');
    expect(look('0574-87001234转802').key).toBe('+8657487001234');
  });

  it('is what a number may begin with, as somebody types on', () => {
    expect(look('139').beginnings).toEqual(['139', '+139', '+86139']);
    expect(look('0574 8').beginnings).toEqual(['05748', '+05748', '+865748']);
    expect(look('+4477').beginnings).toEqual(['+4477']);
    expect(look('004477').beginnings).toEqual(['+4477']);
    expect(look('0770', 'GB').beginnings).toContain('+44770');
  });

  it('begins in the own area code as well, where there is one', () => {
    const here = { homeCountry: 'CN', dialling: { outsidePrefix: null, areaCode: '0574' } };
    const typed = (text: string) => numberSearch(text, searchQuery(text).digits, here);
    expect(typed('8600').beginnings).toContain('+865748600');
    expect(typed('86001234').key).toBe('+8657486001234');
    expect(typed('010 8600').beginnings).not.toContain('+86574108600');
  });

  it('is what a number may end in, from four digits on, with a zero in front or without', () => {
    expect(look('4126').endings).toEqual(['4126']);
    expect(look('04126').endings).toEqual(['04126', '4126']);
    expect(look('126').endings).toEqual([]);
    expect(look('+86139').endings).toEqual([]);
  });

  it('is nothing for text, for one or two digits, and for more digits than a number has', () => {
    for (const typed of ['陈志远', 'czy', '13', '1'.repeat(30), '', 'a1', 'CS-2026-0042', '4126 chen'])
      expect([typed, look(typed)]).toEqual([typed, { key: null, beginnings: [], endings: [] }]);
  });
});
