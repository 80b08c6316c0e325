import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, factOf, formOf, valueAt } from '../../../../cti-bridge/flows/ivr/taken-values.ts';

describe('a value in an answer', () => {
  const answer = { tier: 'gold', orders: [{ id: 7, open: true }], 'a/b': { 'c~d': 'x' }, none: null, deep: { list: [] } };
  it.each([
    ['/tier', 'gold'],
    ['/orders/0/id', '7'],
    ['/orders/0/open', 'yes'],
    ['/a~1b/c~0d', 'x'],
    ['/orders/1/id', null],
    ['/orders/-/id', null],
    ['/orders', null],
    ['/none', null],
    ['/tier/length', null],
    ['/__proto__/constructor', null],
    ['/constructor/name', null],
    ['/orders/length', null],
    ['tier', null],
  ])('at %s is %j', (pointer, value) => {
    expect(valueAt(answer, pointer)).toBe(value);
  });

  it('is the whole where the pointer is empty', () => {
    expect(valueAt('ok', '')).toBe('ok');
    expect(valueAt(answer, '')).toBeNull();
  });

  it('has no line breaks, no half characters and an end', () => {
    expect(factOf('a\r\nX-Admin: yes\u0000')).toBe('a  X-Admin: yes');
    expect(factOf('\ud800x')).toBe('\ufffdx');
    expect(factOf('x'.repeat(1_000))).toHaveLength(500);
    expect([factOf(''), factOf(' '), factOf(Number.NaN), factOf({})]).toEqual([null, null, null, null]);
  });
});

describe('a text that came with a call', () => {
  it.each([
    ['customer=42&name=Li%20Lei', '/name', 'Li Lei'],
    ['customer=42;tier=gold', '/tier', 'gold'],
    ['number=+447700900142&name=Li%2BLei', '/number', '+447700900142'],
    ['{"customer":{"number":"42"}}', '/customer/number', '42'],
    ['[{"id":1}]', '/0/id', '1'],
    ['{broken', '/customer', null],
    ['just words', '/customer', null],
    ['=42&x', '/x', null],
    ['a=%E0%A4%A', '/a', '%E0%A4%A'],
    ['__proto__=1&a=2', '/a', '2'],
  ])('%s has at %s: %j', (text, pointer, value) => {
    expect(valueAt(documentOf(text), pointer)).toBe(value);
  });

  it('written as a form is read as what it was', () => {
    const names = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,10}$/);
    fc.assert(
      fc.property(fc.dictionary(names, fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme' })), (values) => {
        const form = formOf(values);
        expect(form).toMatch(/^[\x20-\x7e]*$/);
        const read = documentOf(form);
        for (const [name, value] of Object.entries(values)) expect(valueAt(read, `/${name}`)).toBe(factOf(value));
      }),
    );
  });
});
