import { describe, expect, it } from 'vitest';
import { areNamesSimilar, doesNameFit } from '../../../cti-bridge/crm/index.ts';

describe('names', () => {
  it.each([
    ['Margaret Okafor', 'Okafor, Margaret'],
    ['Margaret Okafor', 'M. Okafor'],
    ['Margaret Okafor', 'Margaret Okafro'],
    ['Tomasz Zieliński', 'Tomas Zielinski'],
    ['Jean-Luc Picard', 'Jean Luc Picard'],
    ['陈志远', '陈志源'],
    ['陈志远', '陈治远'],
    ['陈志远', 'Chen Zhiyuan'],
    ['陈志远', 'Zhiyuan CHEN'],
    ['单雄信', 'Shan Xiongxin'],
  ])('%s and %s are similar', (one, other) => {
    expect(areNamesSimilar(one, other)).toBe(true);
    expect(areNamesSimilar(other, one)).toBe(true);
  });

  it.each([
    ['Margaret Okafor', 'margaret  OKAFOR'],
    ['Margaret Okafor', 'Margaret Lane'],
    ['M. Okafor', 'J. Okafor'],
    ['Li Na', 'Li Ma'],
    ['M O', 'Margaret Okafor'],
    ['陈志远', '王小明'],
    ['李娜', '李丽'],
    ['陈志远', 'Chen Xiaoming'],
    ['', 'Margaret'],
    ['🙂', '🙃'],
  ])('%s and %s are not', (one, other) => {
    expect(areNamesSimilar(one, other)).toBe(false);
    expect(areNamesSimilar(other, one)).toBe(false);
  });

  it('fits what a network sends of it', () => {
    expect(doesNameFit('MARGARET OKAFOR', 'Margaret Okafor')).toBe(true);
    expect(doesNameFit('OKAFOR', 'Margaret Okafor')).toBe(true);
    expect(doesNameFit('J KEMP', 'Joanna Kemp')).toBe(true);
    expect(doesNameFit('J KEMP', 'Arthur Kemp')).toBe(false);
    expect(doesNameFit('Kemp & Sons', 'Joanna Kemp')).toBe(false);
    expect(doesNameFit('T SMITH', 'Margaret Okafor')).toBe(false);
    expect(doesNameFit('', 'Margaret Okafor')).toBe(false);
    expect(doesNameFit('M', 'M')).toBe(true);
  });

  it('of a megabyte are compared in no time', () => {
    const long = 'a b c '.repeat(200_000);
    expect(areNamesSimilar(long, `${long}x`)).toBe(false);
  });
});
