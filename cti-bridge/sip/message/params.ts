import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { endOfQuoted, splitOutsideQuotes } from './scan.ts';

/** `;name=value` parameters by lower-case name; null for one without a value. Quoted values keep their quotes. */
export type Params = ReadonlyMap<string, string | null>;

const token = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/** Reads what follows the first `;`, e.g. `tag=1;lr`. White space around `;` and `=` is allowed. Names are tokens, values tokens, hosts or quoted. */
export function parseParams(text: string): Result<Params, string> {
  const params = new Map<string, string | null>();
  if (text.trim() === '') return ok(params);
  for (const part of splitOutsideQuotes(text, ';')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim();
    if (!token.test(name)) return err('parameter name is not a token');
    const value = equals < 0 ? null : part.slice(equals + 1).trim();
    if (value?.startsWith('"')) {
      if (endOfQuoted(value, 0) !== value.length) return err('unbalanced quotes');
    } else if (value !== null && /["<>]/.test(value)) return err('parameter value must be quoted');
    if (!params.has(name.toLowerCase())) params.set(name.toLowerCase(), value);
  }
  return ok(params);
}

export const isToken = (text: string): boolean => token.test(text);

export function formatParams(params: Params): string {
  let text = '';
  for (const [name, value] of params) text += value === null ? `;${name}` : `;${name}=${value}`;
  return text;
}
