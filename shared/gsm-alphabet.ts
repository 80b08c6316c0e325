/**
 * The alphabet that every telephone has: 128 characters of seven bits, and ten more that are written as an escape and a second one
 * (3GPP TS 23.038 §6.2.1). National tables are left out: networks rarely carry them.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅå' +
  'Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ' +
  ' !"#¤%&\'()*+,-./' +
  '0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNO' +
  'PQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmno' +
  'pqrstuvwxyzäöñüà';

/** By the second of the two. */
const extended: Readonly<Record<number, string>> = {
  10: '\f',
  20: '^',
  40: '{',
  41: '}',
  47: '\\',
  60: '[',
  61: '~',
  62: ']',
  64: '|',
  101: '€',
};

export const gsmEscape = 0x1b;

const codes = new Map<string, readonly number[]>([
  ...[...basic].flatMap((character, code) => (code === gsmEscape ? [] : [[character, [code]] as const])),
  ...Object.entries(extended).map(([code, character]) => [character, [gsmEscape, Number(code)]] as const),
]);

/** The one or two codes of a character; null: it is not in the alphabet. `character` is one code point. */
export function gsmCodesOf(character: string): readonly number[] | null {
  return codes.get(character) ?? null;
}

/**
 * Reads codes, one a byte. A second one that means nothing is shown as if it had no escape before it, as the standard says; what has an
 * eighth bit, which only networks send that mean Latin-1, is read as that.
 */
export function readGsm(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] ?? 0;
    if (code > 0x7f) text += String.fromCharCode(code);
    else if (code !== gsmEscape) text += basic[code];
    else {
      const second = bytes[++at];
      text += second === undefined || second === gsmEscape ? ' ' : (extended[second] ?? readGsm(Uint8Array.of(second)));
    }
  }
  return text;
}
