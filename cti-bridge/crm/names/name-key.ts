/**
 * The same for a name however it is written: with or without accents, in any case and width, with doubled spaces, zero-width or
 * direction marks. `Tomasz  ZIELIŃSKI` and `tomasz zielinski` are one key; so are `ＡＢＣ` and `abc`. Letters of every script and emoji stay
 * text. Time grows with the length alone.
 */
export function nameKey(name: string): string {
  if (isPlainHan.test(name)) return name;
  if (isPlainAscii.test(name)) return oneSpace(name.toLowerCase());
  return oneSpace(fold(plainText(name)));
}

/**
 * Text as it is compared: lower case, one width, one form of every dash and apostrophe, nothing invisible, every control character a
 * space. Accents stay.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(invisible, '')
    .replace(heapsOfMarks, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc\u02b9\u0060\u00b4]/g, "'")
    .replace(/[\u2010-\u2015\u2212\u30a0]/g, '-')
    .replace(/[\u2022\u2027\u30fb]/g, '·')
    .replace(/\p{Cc}/gu, ' ');
}

/** `plainText` without its accents, and with the letters that have no accent to take away (`ł`, `ø`, `ß`) as plain ones. */
export function fold(plain: string): string {
  if (isPlainAscii.test(plain)) return plain;
  return plain
    .normalize('NFKD')
    .replace(accents, '')
    .normalize('NFC')
    .replace(/[^\p{ASCII}]/gu, (letter) => plainLetters[letter] ?? letter);
}

/** Nothing to fold: most names of a Chinese customer base. */
export const isPlainHan = /^[\u4e00-\u9fff]+$/;
const isPlainAscii = /^[\x20-\x7e]*$/;

/** No language puts more marks on a letter, and putting thousands of them in order takes the square of their number (UAX #15, section 13). */
const heapsOfMarks = /(\p{M}{30})\p{M}+/gu;

const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;

/**
 * Marks that a name may be written with or without: accents of Latin, Greek and Cyrillic, the vowel signs of Arabic and Hebrew. Those of
 * Indic scripts and kana are letters of the name.
 */
const accents = new RegExp(
  [
    ['0300-036f', '0483-0489', '1ab0-1aff', '1dc0-1dff', '20d0-20ff', 'fe20-fe2f'],
    ['0591-05bd', '05bf', '05c1-05c2', '05c4-05c5', '05c7'],
    ['0610-061a', '064b-065f', '0670', '06d6-06dc', '06df-06e4', '06e7-06e8', '06ea-06ed'],
  ]
    .flat()
    .map((range) => `[${range.replace(/[0-9a-f]{4}/g, '\\u$&')}]`)
    .join('|'),
  'g',
);

const plainLetters: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ß: 'ss', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'n', ə: 'e', ς: 'σ' },
  ...{ ى: 'ي', ة: 'ه', ک: 'ك', ی: 'ي', ـ: '' },
};

function oneSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
