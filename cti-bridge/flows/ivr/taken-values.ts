/** Facts are texts, and this is as long as one is. */
const longest = 500;

/**
 * What stands at a place in another system's answer, as a fact: `pointer` is a JSON Pointer (RFC 6901), and what it leads to is a text, a
 * number or a yes and no. Null for all else, and where there is nothing.
 */
export function valueAt(document: unknown, pointer: string): string | null {
  if (pointer === '') return factOf(document);
  if (!pointer.startsWith('/')) return null;
  let at: unknown = document;
  for (const step of pointer.slice(1).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (at === null || typeof at !== 'object' || !Object.prototype.propertyIsEnumerable.call(at, key)) return null;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  return factOf(at);
}

/** A text that came with a call, as what a pointer can lead into: JSON, or `name=value` with `&` or `;` between. */
export function documentOf(text: string): unknown {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  const fields = text.split(/[&;]/).flatMap((part) => {
    const at = part.indexOf('=');
    return at <= 0 ? [] : [[unescaped(part.slice(0, at)), unescaped(part.slice(at + 1))] as const];
  });
  return fields.length === 0 ? text : Object.fromEntries(fields);
}

/** `name=value` with `&` between, in US-ASCII. */
export function formOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
}

/** Null for what is no single value. Line breaks and other controls are blanks: facts go into texts and headers. */
export function factOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return null;
  const text = value
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  return text === '' ? null : text.slice(0, longest);
}

/** A plus stays one: exchanges write numbers with it as they are. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return text.trim();
  }
}
