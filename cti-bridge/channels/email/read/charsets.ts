import { decodeHz, decodeUtf7 } from './seven-bit-charsets.ts';

/**
 * Bytes as text, whatever the mail says of them. What is declared is a witness and no more: Chinese mail says `iso-8859-1` or nothing at all,
 * says `gb2312` and holds GBK, says `gbk` and holds UTF-8. Text that can only be one encoding is that one; only then is the declaration
 * believed; without one, common characters decide.
 */
export function decodeText(bytes: Uint8Array, declared: string | null): string {
  const marked = byteOrderMark(bytes);
  if (marked) return decode(marked, bytes);
  const label = declared?.trim().toLowerCase().replaceAll(/["']/g, '') ?? '';
  if (!hasHighBytes(bytes)) return decodeSevenBit(bytes, label);
  const isUtf8 = isValid('utf-8', bytes);
  if (isUtf8 && (!multiByte.has(canonical(label)) || hasLongSequence(bytes))) return decode('utf-8', bytes);

  const known = canonical(label);
  if (known === 'utf-8') return isMostlyUtf8(bytes) ? decode('utf-8', bytes) : decode(guess(bytes), bytes);
  if (known === null || westernSaidOfEverything.has(known)) return decode(guess(bytes), bytes);
  if (multiByte.has(known) && !isValid(known, bytes)) {
    const guessed = guess(bytes);
    return decode(isValid(guessed, bytes) ? guessed : known, bytes);
  }
  return decode(known, bytes);
}

/**
 * Text that somebody decoded as western European and that was something else: every byte can be had back from it (WHATWG windows-1252 has a
 * character for each), and is read again.
 */
export function repairText(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const byte = westernBytes.get(text.charAt(at));
    if (byte === undefined) return text;
    bytes[at] = byte;
  }
  if (isValid('utf-8', bytes)) return decode('utf-8', bytes);
  const guessed = guess(bytes);
  return guessed === 'windows-1252' ? text : decode(guessed, bytes);
}

/** Labels that `TextDecoder` does not know, and one it knows too narrowly: GB18030 contains GB2312 and GBK. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
  ['x-gbk', 'gb18030'],
  ['gb_2312-80', 'gb18030'],
  ['cp936', 'gb18030'],
  ['ms936', 'gb18030'],
  ['windows-936', 'gb18030'],
  ['euc-cn', 'gb18030'],
  ['gb-2312', 'gb18030'],
  ['big5-eten', 'big5'],
  ['cp950', 'big5'],
  ['windows-950', 'big5'],
  ['cp932', 'shift_jis'],
  ['windows-932', 'shift_jis'],
  ['cp949', 'euc-kr'],
  ['iso-2022-jp-ms', 'iso-2022-jp'],
  ['utf8mb4', 'utf-8'],
  ['cp65001', 'utf-8'],
  ['cp1252', 'windows-1252'],
  ['iso8859-8-i', 'iso-8859-8-i'],
]);

/** Written by programs that do not know what they hold. */
const westernSaidOfEverything: ReadonlySet<string> = new Set(['windows-1252', 'x-user-defined']);
const multiByte: ReadonlySet<string | null> = new Set(['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'iso-2022-jp']);

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();
const strictDecoders = new Map<string, InstanceType<typeof TextDecoder>>();

function canonical(label: string): string | null {
  const name = otherNames.get(label) ?? label;
  if (!/^[\w:.+-]{2,40}$/.test(name)) return null;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    // Not a name of anything, as `default` and `unknown-8bit` are not.
    return null;
  }
}

function decode(encoding: string, bytes: Uint8Array): string {
  let decoder = decoders.get(encoding);
  if (!decoder) decoders.set(encoding, (decoder = new TextDecoder(encoding)));
  return decoder.decode(bytes);
}

function isValid(encoding: string, bytes: Uint8Array): boolean {
  let decoder = strictDecoders.get(encoding);
  if (!decoder) strictDecoders.set(encoding, (decoder = new TextDecoder(encoding, { fatal: true })));
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function hasHighBytes(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0x80);
}

function decodeSevenBit(bytes: Uint8Array, label: string): string {
  const text = decode('utf-8', bytes);
  if (label.includes('utf-7')) return decodeUtf7(text);
  if (label.startsWith('hz')) return decodeHz(bytes);
  if (label.startsWith('utf-16') || label === 'ucs-2' || label === 'unicode') return decode(wideOrder(bytes, label), bytes);
  // ISO-2022-JP is escapes and ASCII; without its declaration the escapes still say so.
  return text.includes('\u001b$') || text.includes('\u001b(J') ? decode('iso-2022-jp', bytes) : text;
}

function wideOrder(bytes: Uint8Array, label: string): string {
  if (label.endsWith('be')) return 'utf-16be';
  if (label.endsWith('le')) return 'utf-16le';
  let even = 0;
  let odd = 0;
  for (let at = 0; at < Math.min(bytes.length, 4096); at++) if (bytes[at] === 0) at % 2 === 0 ? even++ : odd++;
  return even > odd ? 'utf-16be' : 'utf-16le';
}

/** Three bytes that follow the rule of UTF-8 are UTF-8; two may be a character of another encoding by chance. */
function hasLongSequence(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0xe0);
}

/** A few broken characters, as where a text was cut, do not make it another encoding. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = decode('utf-8', bytes);
  let broken = 0;
  let high = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) broken++;
    else if (code >= 0x80) high++;
  }
  return broken <= high / 10 || (broken <= 1 && high > 0);
}

/** How many of the bytes above 127 make characters that people write often, if these bytes are of that encoding. */
const commonPairs: Readonly<Record<string, (lead: number, trail: number) => boolean>> = {
  // Level 1 of GB 2312, its punctuation and full-width forms.
  gb18030: (lead, trail) => trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3),
  // The frequently used characters of Big5 and its punctuation.
  big5: (lead, trail) =>
    ((trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1) && ((lead >= 0xa4 && lead <= 0xc6) || (lead === 0xa1 && trail <= 0x7e)),
  // Kana, and the kanji of level 1.
  shift_jis: (lead, trail) => (lead === 0x82 && trail >= 0x9f) || lead === 0x83 || lead === 0x81 || (lead >= 0x88 && lead <= 0x97),
};

function guess(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 64 * 1024);
  let best = { encoding: '', share: 0 };
  for (const [encoding, isCommon] of Object.entries(commonPairs)) {
    const share = pairShare(sample, isCommon);
    if (share > best.share && isValidApartFromItsEnd(encoding, sample)) best = { encoding, share };
  }
  if (best.share >= 0.6 && !isAlone(sample) && !isWordsOfLetters(sample)) return best.encoding;
  return cyrillic(sample) ?? 'windows-1252';
}

function isValidApartFromItsEnd(encoding: string, sample: Uint8Array): boolean {
  for (let cut = 0; cut < 4; cut++) if (isValid(encoding, sample.subarray(0, sample.length - cut))) return true;
  return false;
}

function pairShare(bytes: Uint8Array, isCommon: (lead: number, trail: number) => boolean): number {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    pairs++;
    if (isCommon(lead, bytes[++at] ?? 0)) common++;
  }
  return pairs === 0 ? 0 : common / pairs;
}

/** Western letters above 127 stand alone between plain ones. */
function isAlone(bytes: Uint8Array): boolean {
  let runs = 0;
  let high = 0;
  let isBetweenLetters = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    high++;
    if ((bytes[at - 1] ?? 0) < 0x80) runs++;
    if ((bytes[at - 1] ?? 0) < 0x80 && isLetter(bytes[at + 1] ?? 0)) isBetweenLetters++;
  }
  return runs > 0 && high / runs < 1.5 && isBetweenLetters > runs / 3;
}

/** Cyrillic letters are all at the top, in words; of Chinese characters a third of the second bytes are below. */
function isWordsOfLetters(bytes: Uint8Array): boolean {
  let runs = 0;
  let high = 0;
  let below = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    high++;
    if (byte < 0xc0) below++;
    if ((bytes[at - 1] ?? 0) < 0x80) runs++;
  }
  return high >= 12 && runs >= 3 && below <= high / 50;
}

const isLetter = (byte: number) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

/** Most letters are small: windows-1251 has the small ones at the top, KOI8-R below them. */
function cyrillic(bytes: Uint8Array): string | null {
  let low = 0;
  let top = 0;
  let runs = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0xe0) top++;
    else if (byte >= 0xc0) low++;
    if (byte >= 0xc0 && (bytes[at - 1] ?? 0) < 0xc0) runs++;
  }
  if (low + top < runs * 3) return null;
  return top > low ? 'windows-1251' : 'koi8-r';
}

const westernBytes: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [decode('windows-1252', Uint8Array.of(byte)), byte]),
);
