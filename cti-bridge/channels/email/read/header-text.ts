import { decodeWords } from 'postal-mime';
import { repairText } from './charsets.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
/** They turn the writing round, so that `exe.fdp` reads as `pdf.exe`. */
const turnsWriting = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;

/** One line that says what the sender wrote and can do nothing else: encoded words decoded, no control characters, at most `limit` characters. */
export function plainLine(value: string, limit: number): string {
  const decoded = saidToBeWestern.test(value) ? repairText(decodeWords(value)) : decodeWords(value);
  return decoded.replaceAll(controls, ' ').replaceAll(/ {2,}/g, ' ').trim().slice(0, limit).toWellFormed();
}

/** As `plainLine`, for what stands beside other text: names of people and of files. */
export function plainName(value: string, limit: number): string {
  return plainLine(value, limit * 2)
    .replaceAll(turnsWriting, '')
    .trim()
    .slice(0, limit)
    .toWellFormed();
}

const saidToBeWestern = /=\?(?:iso-?8859-1|us-ascii|windows-1252|ascii|unknown-8bit|unknown|default|x-unknown|8bit)(?:\*[\w-]*)?\?/i;
