/**
 * What two callers' systems say to each other with a call (User-to-User, RFC 7433):
 *
 *     04637573746f6d65723d3432;encoding=hex;purpose=isdn-uui;content=isdn-uui
 *     '' '---- the text ----'
 *     protocol discriminator of ISDN (Q.931 §4.5.30): 04 is IA5 characters
 *
 * Senders differ: some write the text as it is, in quotes or without; some leave the discriminator or the encoding out.
 */

/** More than any network passes on; what is longer was made to cost us time. */
const longest = 4_000;

/** ISDN says so much in front of a text: IA5 characters, or as the users agree (00). Neither begins a text. */
const discriminators = new Set([0x00, 0x04]);

/** The text of a header's value, the first of several; null where it is none that can be read. */
export function readUserToUser(value: string): string | null {
  if (value.length > longest) return null;
  const [first = ''] = splitOutsideQuotes(value, ',');
  const [written = '', ...params] = splitOutsideQuotes(first, ';');
  const encoding = params.find((param) => /^encoding\s*=/i.test(param));
  const isHex =
    encoding === undefined
      ? isHexText(written) && discriminators.has(Number.parseInt(written.slice(0, 2), 16))
      : /=\s*"?hex"?$/i.test(encoding);
  if (!isHex) return written === '' ? null : unquoted(written);
  const hex = unquoted(written);
  if (!isHexText(hex)) return null;
  const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
  const hasDiscriminator = bytes[0] !== undefined && discriminators.has(bytes[0]);
  return new TextDecoder().decode(hasDiscriminator ? bytes.subarray(1) : bytes);
}

/** Of a text in characters of US-ASCII. */
export function writeUserToUser(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const hex = [0x04, ...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex};encoding=hex;purpose=isdn-uui;content=isdn-uui`;
}

const isHexText = (text: string): boolean => text.length > 0 && text.length % 2 === 0 && /^[0-9A-Fa-f]*$/.test(text);

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, text.endsWith('"') ? -1 : undefined).replace(/\\(.)/gs, '$1') : text;
}

/** A separator in quotes is none. */
function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && isQuoted) at++;
    else if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === separator && !isQuoted) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}
