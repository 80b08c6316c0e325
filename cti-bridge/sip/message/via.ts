import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import type { Params } from './params.ts';
import { formatParams, parseParams } from './params.ts';
import { splitOutsideQuotes } from './scan.ts';
import { formatHostPort } from './uri.ts';

/** RFC 3261 §20.42, with RFC 3581's rport. */
export interface Via {
  readonly version: string;
  readonly transport: string;
  /** sent-by; IPv6 without brackets. */
  readonly host: string;
  readonly port: number | null;
  readonly params: Params;
}

/** Branches of RFC 3261 elements begin with it (§8.1.1.7). */
export const magicCookie = 'z9hG4bK';

/** No two runs of white space side by side: a long one that ends badly would be tried in all ways to share it out. */
const form =
  /^SIP\s*\/\s*(\d+\.\d+)\s*\/\s*([A-Za-z0-9\-.!%*_+`'~]+)\s+(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9_.-]+))(?:\s*:\s*(\d{1,5}))?(?:\s*;([\s\S]*))?$/i;

export function parseVia(text: string): Result<Via, string> {
  const match = form.exec(text.trim());
  if (!match) return err('bad Via');
  const port = match[5] === undefined ? null : Number(match[5]);
  if (port !== null && (port < 1 || port > 65_535)) return err('bad port in Via');
  const params = parseParams(match[6] ?? '');
  if (!params.ok) return params;
  return ok({
    version: match[1] ?? '',
    transport: (match[2] ?? '').toUpperCase(),
    host: match[3] ?? match[4] ?? '',
    port,
    params: params.value,
  });
}

/** What can still be read of a Via that is no Via: where it says it comes from, and the parameters that are whole. For refusals alone. */
export function salvageVia(text: string): Via | null {
  const [sentBy = '', ...parts] = splitOutsideQuotes(text, ';');
  const bare = parseVia(sentBy);
  if (!bare.ok) return null;
  const params = new Map<string, string | null>();
  for (const part of parts.slice(0, 16)) {
    const read = parseParams(part);
    if (read.ok) for (const [name, value] of read.value) params.set(name, value);
  }
  return { ...bare.value, params };
}

export const formatVia = (via: Via): string =>
  `SIP/${via.version}/${via.transport} ${formatHostPort(via.host, via.port)}${formatParams(via.params)}`;

/** Null when the element is of RFC 2543 (no cookie) or the cookie stands alone (RFC 4475 §3.2.1): such branches name nothing. */
export function branchOf(via: Via): string | null {
  const branch = via.params.get('branch') ?? null;
  return branch !== null && branch.length > magicCookie.length && branch.toLowerCase().startsWith(magicCookie.toLowerCase())
    ? branch
    : null;
}
