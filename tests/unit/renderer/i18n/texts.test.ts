import { describe, expect, it } from 'vitest';
import { en } from '../../../../renderer/i18n/en.ts';
import { zh } from '../../../../renderer/i18n/zh.ts';

const english: Readonly<Record<string, string>> = en;
const chinese: Readonly<Record<string, string | undefined>> = zh;
const isPlural = (key: string) => /_(one|other)$/.test(key);
const factsOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort();

describe('the texts of both languages', () => {
  it('have the same names; Chinese plurals have one form', () => {
    expect(Object.keys(chinese).filter((key) => !(key in english))).toEqual([]);
    expect(Object.keys(english).filter((key) => !key.endsWith('_one') && !(key in chinese))).toEqual([]);
  });

  it('are all written', () => {
    expect(Object.entries({ ...english, ...chinese }).filter(([, text]) => !text?.trim())).toEqual([]);
  });

  it('fill in the same facts', () => {
    const different = Object.entries(english).filter(
      ([key, text]) => !isPlural(key) && factsOf(text).join() !== factsOf(chinese[key] ?? '').join(),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('have both English forms of every plural', () => {
    const stems = Object.keys(english)
      .filter(isPlural)
      .map((key) => key.replace(/_(one|other)$/, ''));
    expect([...new Set(stems)].filter((stem) => !(`${stem}_one` in english) || !(`${stem}_other` in english))).toEqual([]);
  });

  it('use no exclamation marks, and no 亲 or 代理 for people', () => {
    expect(Object.values(english).filter((text) => text.includes('!'))).toEqual([]);
    expect(Object.values(chinese).filter((text) => /[！亲]|代理/.test(text ?? ''))).toEqual([]);
  });

  it('put a space between Chinese and Latin letters or digits', () => {
    const tight = Object.entries(chinese).filter(([, text]) => /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u.test(text ?? ''));
    expect(tight.map(([key]) => key)).toEqual([]);
  });
});
