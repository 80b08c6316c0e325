import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordFinder } from '../../../cti-bridge/interactions/word-finder.ts';

const found = (text: string, ...words: string[]) => [...new WordFinder(words).find(text)].sort().map((word) => words[word]);

describe('finding words in a text', () => {
  it('finds whole words where a language has such, in whatever case and width', () => {
    expect(found('Please CANCEL my contract.', 'cancel', 'contract', 'can', 'tract')).toEqual(['cancel', 'contract']);
    expect(found('billing, re-bill', 'bill')).toEqual(['bill']);
    expect(found('ｃａｎｃｅｌ', 'Cancel')).toEqual(['Cancel']);
    expect(found('a café', 'cafe', 'café')).toEqual(['café']);
    expect(found('4G and 4G_plus', 'g')).toEqual([]);
  });

  it('finds Chinese words wherever they stand, and beside other writing', () => {
    expect(found('我要投诉你们', '投诉', '诉你', '订')).toEqual(['投诉', '诉你']);
    expect(found('查询bill账单', 'bill', '账单')).toEqual(['bill', '账单']);
    expect(found('我要退\n订，谢谢', '退订')).toEqual(['退订']);
  });

  it('finds several words beyond a broken line or more spaces', () => {
    expect(found('I want to cancel\r\n   my contract', 'cancel my contract')).toEqual(['cancel my contract']);
  });

  it('finds what stands within what overlaps it', () => {
    expect(found('他说坏账单', '坏账', '账单', '账', '单据', '说坏账单')).toEqual(['坏账', '账单', '账', '说坏账单']);
  });

  it('has nothing to find for empty words and in an empty text', () => {
    expect(found('', 'a', '')).toEqual([]);
    expect(found('a b', '', '  ')).toEqual([]);
  });

  it('agrees with looking for each word by itself', () => {
    const letters = fc.constantFrom('a', 'b', '投', '诉', ' ', '-', '😀', 'A');
    const text = fc.string({ unit: letters, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 5 }), { maxLength: 8 }), text, (words, within) => {
        const expected = words.filter((word) => standsIn(fold(word), fold(within)));
        expect(new Set(found(within, ...words))).toEqual(new Set(expected));
      }),
      { numRuns: 300 },
    );
  });

  const fold = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/ +/g, ' ')
      .replaceAll(/(?<=[投诉]) (?=[投诉])/g, '')
      .trim();
  function standsIn(word: string, text: string): boolean {
    if (word === '') return false;
    const isLatin = (letter: string | undefined) => letter !== undefined && /^[ab]$/.test(letter);
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const end = at + word.length;
      const isCutBefore = isLatin(text[at - 1]) && isLatin(text[at]);
      const isCutAfter = isLatin(text[end - 1]) && isLatin(text[end]);
      if (!isCutBefore && !isCutAfter) return true;
    }
    return false;
  }
});
