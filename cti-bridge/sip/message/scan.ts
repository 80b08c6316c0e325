/**
 * Without the spaces and tabs around it, which are the only white space of a header (RFC 3261 §25.1, LWS). JavaScript's own `trim` takes
 * more away, U+FEFF and U+00A0 among it, which are somebody's text.
 */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x09;

/** Splits at `separator`, but not inside "quoted strings" or <angle brackets>. Parts are trimmed. An unclosed quote runs to the end. */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character === '\\') at++;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '<') depth++;
    else if (character === '>') depth = Math.max(0, depth - 1);
    else if (character === separator && depth === 0) {
      parts.push(trimSpace(text.slice(start, at)));
      start = at + 1;
    }
  }
  parts.push(trimSpace(text.slice(start)));
  return parts;
}

/** Index just after the quoted string that opens at `from`, or -1 when it never closes. */
export function endOfQuoted(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

/** The text inside a quoted string; anything else is returned as it is. */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\([\s\S])/g, '$1');
}

/**
 * A quoted string that is safe on the wire whatever the text: quotes and backslashes escaped, control characters (CR and LF among them)
 * become spaces, so that a caller's name cannot add a header.
 */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are exactly what must go
  return `"${text.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/(["\\])/g, '\\$1')}"`;
}
