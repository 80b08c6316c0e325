import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import type { Params } from './params.ts';
import { parseParams } from './params.ts';
import { endOfQuoted, quote, unquote } from './scan.ts';
import { isAbsoluteUri } from './uri.ts';

/** `"Name" <uri>;params` or `uri;params`, as in From, To, Contact, Route (RFC 3261 §20.10). */
export interface NameAddr {
  readonly displayName: string | null;
  readonly uri: string;
  readonly params: Params;
}

export function parseNameAddr(text: string): Result<NameAddr, string> {
  const value = text.trim();
  let open: number;
  let displayName: string | null;
  if (value.startsWith('"')) {
    const end = endOfQuoted(value, 0);
    if (end < 0) return err('unbalanced quotes');
    open = end + (/^\s*/.exec(value.slice(end))?.[0].length ?? 0);
    if (value[open] !== '<') return err('no address after the display name');
    displayName = unquote(value.slice(0, end));
  } else {
    open = value.indexOf('<');
    if (open < 0) return parseAddrSpec(value);
    const name = value.slice(0, open).trim();
    // A display name outside quotes is tokens only; a comma here would end the value (RFC 4475 §3.1.2.15).
    if (/[",;:@\\>]/.test(name)) return err('display name must be quoted');
    displayName = name === '' ? null : name.replace(/\s+/g, ' ');
  }
  const close = value.indexOf('>', open);
  if (close < 0) return err('unclosed address');
  const uri = value.slice(open + 1, close);
  if (!isAbsoluteUri(uri)) return err('not a URI');
  return withParams(displayName, uri, value.slice(close + 1).trim());
}

/** Without brackets, everything after the first `;` belongs to the header, and `?` or `,` are not allowed (RFC 3261 §20). */
function parseAddrSpec(value: string): Result<NameAddr, string> {
  const semicolon = value.indexOf(';');
  const uri = (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
  if (!isAbsoluteUri(uri) || /[?,]/.test(uri)) return err('not an address');
  return withParams(null, uri, semicolon < 0 ? '' : value.slice(semicolon));
}

function withParams(displayName: string | null, uri: string, tail: string): Result<NameAddr, string> {
  if (tail !== '' && !tail.startsWith(';')) return err('text after the address');
  const params = parseParams(tail.slice(1));
  return params.ok ? ok({ displayName, uri, params: params.value }) : params;
}

export function formatNameAddr(displayName: string | null, uri: string, tag?: string | null): string {
  const address = displayName === null || displayName === '' ? `<${uri}>` : `${quote(displayName)} <${uri}>`;
  return tag ? `${address};tag=${tag}` : address;
}
