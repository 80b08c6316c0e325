import { fold, isPlainHan, plainText } from './name-key.ts';

/** A piece of a text that is found as one: a word, a run of a script that leaves no spaces between words, or a single sign. */
export type Segment =
  /** `forms`: without accents, and where a language spells the accent out (`müller`, `mueller`) that way too. */
  | {
      readonly kind: 'word';
      readonly forms: readonly string[] /** No space before it: `brien` of `o'brien`. */;
      readonly isJoined: boolean;
    }
  | { readonly kind: 'han' | 'run'; readonly characters: readonly string[] }
  /** An emoji or another sign; punctuation only where the text has nothing else. */
  | { readonly kind: 'sign'; readonly token: string };

/** The longest word the index keeps; what is longer is found by its beginning. */
export const longestWord = 24;
/** How many characters of a text without spaces one token holds. */
export const longestRun = 8;

/** Cuts a text as it is written into segments. Reads `limit` characters at most. */
export function segments(text: string, limit: number): readonly Segment[] {
  if (isPlainHan.test(text) && text.length <= limit) return [{ kind: 'han', characters: text.split('') }];
  const plain = plainText(text.slice(0, limit));
  const found: Segment[] = [];
  let wordEnd = -1;
  for (const match of plain.matchAll(pieces)) {
    const [piece, han, run, word] = match;
    if (han) found.push({ kind: 'han', characters: [...han] });
    else if (run) found.push({ kind: 'run', characters: [...fold(run)] });
    else if (word) {
      const forms = wordForms(word);
      const isJoined = wordEnd >= 0 && match.index === wordEnd + 1 && joiners.has(plain[wordEnd] ?? '');
      // Accents that stand on no letter are no word.
      if (forms.length > 0) found.push({ kind: 'word', forms, isJoined });
      wordEnd = match.index + piece.length;
    } else found.push({ kind: 'sign', token: signToken(piece) });
  }
  return found.length > 0 ? found : punctuation(plain);
}

/** Every form in which a word of the index may be spelled. */
function wordForms(word: string): readonly string[] {
  const folded = cut(fold(word));
  if (folded === '') return [];
  if (!spelledOut.test(word)) return [folded];
  const written = cut(fold(word.replace(new RegExp(spelledOut, 'g'), (letter) => spellings[letter] ?? letter)));
  return written === folded ? [folded] : [folded, written];
}

const cut = (word: string): string => (word.length <= longestWord ? word : word.slice(0, longestWord).toWellFormed());

const spelledOut = /[äöüåø]/;
const spellings: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
const joiners = new Set(["'", '-', '.', '·', '_']);

const han = String.raw`\p{Script=Han}`;
const unspaced = String.raw`[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]`;
const letter = String.raw`[\p{L}\p{N}\p{M}]`;
const pieces = new RegExp(
  `(${han}+)|(${unspaced}(?:${unspaced}|\\p{M})*)|((?:(?!${han}|${unspaced})${letter})+)|\\p{So}|\\p{Sk}|\\p{Co}|\\p{Cn}`,
  'gu',
);

/** Signs become words of plain letters: every full-text index keeps those, whatever it does with the sign itself. */
function signToken(sign: string): string {
  return `sign${(sign.codePointAt(0) ?? 0).toString(16)}`;
}

function punctuation(plain: string): readonly Segment[] {
  return Array.from(plain.replace(/\s+/g, '').slice(0, longestRun).toWellFormed(), (sign) => ({ kind: 'sign', token: signToken(sign) }));
}
