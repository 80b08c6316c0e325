import { gsmCodesOf } from './gsm-alphabet.ts';

/** `gsm7`: seven bits a character, where all of them are in the telephones' alphabet. `ucs2`: sixteen. */
export type SmsEncoding = 'gsm7' | 'ucs2';

/** How much one message carries, in septets or in sixteen bits; and each part of a long one, whose header takes six bytes (3GPP TS 23.040 §9.2.3.24.1). */
const room = { gsm7: { whole: 160, part: 153 }, ucs2: { whole: 70, part: 67 } } as const;

/** A part says which of how many it is in one byte. */
export const mostSmsParts = 255;

export interface SmsParts {
  readonly encoding: SmsEncoding;
  /** As they go out, one or more; a character is never split. An empty text has none. */
  readonly parts: readonly string[];
}

export interface SmsCount {
  readonly encoding: SmsEncoding;
  /** What it takes, in septets or sixteen bits. */
  readonly used: number;
  readonly segments: number;
  /** What one more can be typed before another segment begins. */
  readonly left: number;
  /** Characters that the telephones' alphabet has not, each once: without them the text would take fewer segments. */
  readonly outside: readonly string[];
}

/** Splits a text as it is sent. */
export function splitSms(text: string): SmsParts {
  const { encoding, parts } = measure(text);
  return { encoding, parts: parts.map((part) => part.text) };
}

/** What a text takes, for whoever types it. The same split as that of `splitSms`. */
export function countSms(text: string): SmsCount {
  const { encoding, parts, outside } = measure(text);
  const size = parts.length > 1 ? room[encoding].part : room[encoding].whole;
  return {
    encoding,
    used: parts.reduce((sum, part) => sum + part.size, 0),
    segments: parts.length,
    left: size - (parts.at(-1)?.size ?? 0),
    outside,
  };
}

interface Part {
  text: string;
  size: number;
}

function measure(text: string): { readonly encoding: SmsEncoding; readonly parts: readonly Part[]; readonly outside: readonly string[] } {
  const characters = [...text];
  const outside = [...new Set(characters.filter((character) => !gsmCodesOf(character)))];
  const encoding: SmsEncoding = outside.length === 0 ? 'gsm7' : 'ucs2';
  const sizeOf = (character: string): number => (encoding === 'gsm7' ? (gsmCodesOf(character)?.length ?? 1) : character.length);
  const total = characters.reduce((sum, character) => sum + sizeOf(character), 0);
  if (total === 0) return { encoding, parts: [], outside };
  if (total <= room[encoding].whole) return { encoding, parts: [{ text, size: total }], outside };
  const parts: Part[] = [];
  let last: Part = { text: '', size: 0 };
  for (const character of characters) {
    const size = sizeOf(character);
    if (parts.length === 0 || last.size + size > room[encoding].part) parts.push((last = { text: '', size: 0 }));
    last.text += character;
    last.size += size;
  }
  return { encoding, parts, outside };
}
