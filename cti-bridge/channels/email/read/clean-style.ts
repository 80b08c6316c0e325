const colour = /^(?:#[\da-f]{3,8}|[a-z]{3,24}|(?:rgb|hsl)a?\([\d\s.,%/]{1,40}\))$/i;
/** Lengths without a minus: what has a negative margin lies over what does not belong to it. */
const lengths = /^(?:(?:\d{1,4}(?:\.\d{1,4})?(?:px|pt|em|rem|ex|ch|%|in|cm|mm)?|auto|normal|thin|medium|thick)\s*){1,4}$/i;
const words = /^[a-z-]{1,24}$/i;
const border = /^[\w\s.#%,()-]{1,80}$/;

/** What a style may do: colour, letters, and the room of its own element. Nothing that places it elsewhere, covers others or asks for a file. */
const styles: ReadonlyMap<string, RegExp> = new Map<string, RegExp>(
  Object.entries({
    color: colour,
    'background-color': colour,
    background: colour,
    'font-family': /^[\p{L}\p{N}\s"',.-]{1,200}$/u,
    'font-size': /^(?:\d{1,3}(?:\.\d{1,4})?(?:px|pt|em|rem|%)|(?:x{1,2}-)?(?:small|large)|medium|smaller|larger)$/i,
    'font-weight': /^(?:[a-z]{4,8}|[1-9]00)$/i,
    'font-style': words,
    'text-align': words,
    'text-decoration': /^[a-z -]{1,60}$/i,
    'text-transform': words,
    'vertical-align': words,
    'white-space': words,
    'word-break': words,
    'overflow-wrap': words,
    direction: /^(?:ltr|rtl)$/i,
    'list-style-type': words,
    'line-height': lengths,
    'letter-spacing': lengths,
    width: lengths,
    'max-width': lengths,
    height: lengths,
    'border-collapse': words,
    'border-spacing': lengths,
    'border-color': /^[\w\s.#%,()]{1,80}$/,
    'border-style': /^[a-z\s]{1,60}$/i,
    'border-width': lengths,
    'border-radius': lengths,
    border,
    ...Object.fromEntries(
      ['top', 'right', 'bottom', 'left'].flatMap((side) => [
        [`border-${side}`, border],
        [`margin-${side}`, lengths],
        [`padding-${side}`, lengths],
      ]),
    ),
    margin: lengths,
    padding: lengths,
    display: /^(?:none|block|inline|inline-block|table|table-row|table-cell)$/i,
  }),
);

const longest = 4_000;
const remembered = new Map<string, string>();

/** The declarations that may stay. What a parser of style sheets would read in another way (escapes, comments, strings) matches nothing. */
export function cleanStyle(style: string): string {
  const known = remembered.get(style);
  if (known !== undefined) return known;
  const kept = style
    .slice(0, longest)
    .split(';')
    .flatMap((declaration) => {
      const colon = declaration.indexOf(':');
      const property = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
      const value = declaration
        .slice(colon + 1)
        .replace(/!\s*important\s*$/i, '')
        .trim();
      return styles.get(property)?.test(value) && !/url|expression|image/i.test(value) ? [`${property}:${value}`] : [];
    });
  const cleaned = kept.join(';');
  // A mail has few different ones, each many times; what is remembered is forgotten before it grows.
  if (remembered.size >= 500) remembered.clear();
  remembered.set(style, cleaned);
  return cleaned;
}

/** It would have had a picture, a font or another sheet come from somewhere. */
export function asksForMore(style: string): boolean {
  return /url\s{0,9}\(|image-set|@import/i.test(style);
}
