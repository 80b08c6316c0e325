import type { MailLimits } from './mail-limits.ts';

const longest = 900;

/** The ids that stand between angle brackets, each once, in their order; of very many the first and the last, which thread. */
export function messageIdsIn(value: string | null, limits: MailLimits): readonly string[] {
  const found = new Set<string>();
  for (const [, inner = ''] of (value ?? '').matchAll(/<([^<>]{1,2000})>/g)) {
    const id = tidyId(inner);
    if (id !== null) found.add(id);
  }
  const ids = [...found];
  return ids.length <= limits.references ? ids : [...ids.slice(0, 1), ...ids.slice(1 - limits.references)];
}

/** The id of this mail; some programs leave the brackets out. */
export function ownMessageId(value: string | null): string | null {
  const inner = /<([^<>]{1,2000})>/.exec(value ?? '')?.[1] ?? /^\s*([^\s<>]{3,900})\s*$/.exec(value ?? '')?.[1];
  return inner === undefined ? null : tidyId(inner);
}

/** A long one may have been folded within. */
function tidyId(inner: string): string | null {
  const id = inner.replaceAll(/[\p{C}\s]/gu, '');
  return id === '' || id.length > longest ? null : `<${id}>`;
}
