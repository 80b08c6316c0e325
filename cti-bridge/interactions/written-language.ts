import type { Locale } from '../../shared/contracts/contact.ts';

/** Whoever writes more than this has said in which language. */
const longestRead = 4_000;
const han = /\p{Script=Han}/gu;
const latinWord = /\p{Script=Latin}+/gu;
/** Japanese and Korean are written with Chinese characters too. */
const otherWithHan = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const address = /[^\s@]{1,64}@[^\s@]{1,255}|https?:\S{1,2000}/giu;

/**
 * In which of our languages something is written, by its characters: a Chinese one weighs as much as a Latin word, so that names of products
 * do not make a Chinese message English, nor a Chinese name an English one Chinese. What is in Latin letters is taken for English. Null where
 * it is neither, such as numbers alone.
 */
export function writtenLanguage(text: string): Locale | null {
  const read = text.slice(0, longestRead).replaceAll(address, ' ');
  const characters = read.match(han)?.length ?? 0;
  const words = read.match(latinWord)?.length ?? 0;
  if (characters === 0 && words === 0) return null;
  if (characters < words) return 'en';
  return otherWithHan.test(read) ? null : 'zh';
}
