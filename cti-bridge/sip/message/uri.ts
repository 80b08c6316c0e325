import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';

/** A sip: or sips: URI (RFC 3261 §19.1), or a tel: URI (RFC 3966) with its number as `user` and no host. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips' | 'tel';
  /** Decoded, without password and user parameters: `+15551234` for `%2B15551234;npdi`. */
  readonly user: string | null;
  /** Lower case; IPv6 without brackets; empty for tel. */
  readonly host: string;
  readonly port: number | null;
  /** By lower-case name, decoded. */
  readonly params: ReadonlyMap<string, string | null>;
  readonly hasHeaders: boolean;
}

const absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"]+$/;
const hostPort = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9_.-]+))(?::(\d{1,5}))?$/;
const userInfo = /^[^\s@<>"]+$/;

export const isAbsoluteUri = (text: string): boolean => absoluteUri.test(text);

export const schemeOf = (text: string): string => text.slice(0, Math.max(0, text.indexOf(':'))).toLowerCase();

export function parseUri(text: string): Result<SipUri, string> {
  if (!absoluteUri.test(text)) return err('not a URI');
  const scheme = schemeOf(text);
  const rest = text.slice(scheme.length + 1);
  if (scheme === 'tel') return parseTel(rest);
  if (scheme !== 'sip' && scheme !== 'sips') return err('unknown scheme');

  const at = rest.indexOf('@');
  const user = at < 0 ? null : rest.slice(0, at);
  if (user !== null && !userInfo.test(user)) return err('bad user part');
  const tail = rest.slice(at + 1);
  const question = tail.indexOf('?');
  const [address = '', ...paramParts] = (question < 0 ? tail : tail.slice(0, question)).split(';');
  const place = hostPort.exec(address);
  if (!place) return err('bad host');
  const port = place[3] === undefined ? null : Number(place[3]);
  if (port !== null && (port < 1 || port > 65_535)) return err('bad port');
  return ok({
    scheme,
    user: user === null ? null : decodeUser(user),
    host: (place[1] ?? place[2] ?? '').toLowerCase(),
    port,
    params: readParams(paramParts),
    hasHeaders: question >= 0,
  });
}

/** User part of a URI; null when it has none or is none. */
export function userOf(text: string): string | null {
  const parsed = parseUri(text);
  return parsed.ok ? parsed.value.user : null;
}

function parseTel(rest: string): Result<SipUri, string> {
  const [number = '', ...paramParts] = rest.split(';');
  if (!/^\+?[0-9A-Fa-f*#().-]+$/.test(number)) return err('bad telephone number');
  return ok({
    scheme: 'tel',
    user: number.replace(/[().-]/g, ''),
    host: '',
    port: null,
    params: readParams(paramParts),
    hasHeaders: false,
  });
}

/** The number or name alone: user parameters (RFC 3261 §19.1.6) and password go. */
const decodeUser = (user: string): string => decode((user.split(';')[0] ?? '').split(':')[0] ?? '');

function readParams(parts: readonly string[]): ReadonlyMap<string, string | null> {
  const params = new Map<string, string | null>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (name !== '' && !params.has(name)) params.set(name, equals < 0 ? null : decode(part.slice(equals + 1)));
  }
  return params;
}

/** Percent-decoding that leaves what is not valid as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is the peer's spelling, not a reason to lose the call
  }
}

/** Escapes what may not stand in the user part. */
export const encodeUser = (user: string): string => encodeURIComponent(user).replace(/%2B/g, '+').replace(/%24/g, '$').replace(/%26/g, '&');

/** `host` or `host:port`, IPv6 in brackets. */
export function formatHostPort(host: string, port: number | null): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === null ? name : `${name}:${port}`;
}
