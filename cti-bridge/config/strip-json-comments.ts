/**
 * Turns JSON with `//` and block comments and trailing commas into plain JSON of the same length and line breaks, so that a parser's
 * position still points at the right place. Text inside strings is left alone.
 */
export function stripJsonComments(text: string): string {
  const out = [...text.split('')];
  const blank = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (out[i] !== '\n' && out[i] !== '\r') out[i] = ' ';
  };
  let lastComma = -1;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      i = endOfString(text, i);
      lastComma = -1;
    } else if (char === '/' && text[i + 1] === '/') {
      const end = text.indexOf('\n', i);
      const stop = end === -1 ? text.length : end;
      blank(i, stop);
      i = stop - 1;
    } else if (char === '/' && text[i + 1] === '*') {
      const end = text.indexOf('*/', i + 2);
      const stop = end === -1 ? text.length : end + 2;
      blank(i, stop);
      i = stop - 1;
    } else if (char === ',') {
      lastComma = i;
    } else if ((char === '}' || char === ']') && lastComma !== -1) {
      blank(lastComma, lastComma + 1);
      lastComma = -1;
    } else if (char !== undefined && !/\s/.test(char)) {
      lastComma = -1;
    }
  }
  return out.join('');
}

/** Index of the closing quote, or the last index of an unfinished string. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length - 1;
}
