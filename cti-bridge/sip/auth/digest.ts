import { createHash, timingSafeEqual } from 'node:crypto';
import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { splitOutsideQuotes, unquote } from '../message/index.ts';

/** RFC 7616 §3.3, RFC 8760. */
export type DigestAlgorithm = 'MD5' | 'SHA-256';

export interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly username: string;
  readonly realm: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** Null: the way of RFC 2069, without client nonce. */
  readonly qop: { readonly cnonce: string; readonly nc: string } | null;
}

/** The response value of RFC 7616 §3.4.1, lower-case hex. */
export function digestResponse(input: DigestInput): string {
  const hash = (text: string) =>
    createHash(input.algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text, 'utf8')
      .digest('hex');
  const a1 = hash(`${input.username}:${input.realm}:${input.password}`);
  const a2 = hash(`${input.method}:${input.uri}`);
  return hash(input.qop ? `${a1}:${input.nonce}:${input.qop.nc}:${input.qop.cnonce}:auth:${a2}` : `${a1}:${input.nonce}:${a2}`);
}

export interface DigestCredentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  readonly qop: string | null;
  readonly cnonce: string | null;
  readonly nc: string | null;
}

/** Parameters of `Digest a=b, c="d"`, names in lower case, unquoted; null for another scheme. Used for challenges and credentials. */
export function parseDigestHeader(value: string): ReadonlyMap<string, string> | null {
  const match = /^\s*Digest\s+([\s\S]*)$/i.exec(value);
  if (!match) return null;
  const params = new Map<string, string>();
  for (const part of splitOutsideQuotes(match[1] ?? '', ',')) {
    const equals = part.indexOf('=');
    if (equals > 0) params.set(part.slice(0, equals).trim().toLowerCase(), unquote(part.slice(equals + 1).trim()));
  }
  return params;
}

/** Reads an Authorization header. */
export function parseCredentials(value: string): Result<DigestCredentials, string> {
  const params = parseDigestHeader(value);
  if (!params) return err('not Digest');
  const [username, realm, nonce, uri, response] = ['username', 'realm', 'nonce', 'uri', 'response'].map((name) => params.get(name));
  if (username === undefined || realm === undefined || nonce === undefined || uri === undefined || response === undefined)
    return err('incomplete');
  const algorithm = (params.get('algorithm') ?? 'MD5').toUpperCase();
  if (algorithm !== 'MD5' && algorithm !== 'SHA-256') return err('unknown algorithm');
  const qop = params.get('qop') ?? null;
  return ok({ username, realm, nonce, uri, response, algorithm, qop, cnonce: params.get('cnonce') ?? null, nc: params.get('nc') ?? null });
}

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  readonly isStale: boolean;
}

export const formatChallenge = ({ realm, nonce, algorithm, isStale }: Challenge): string =>
  `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${isStale ? ', stale=true' : ''}`;

/** Credentials for a challenge, as a client sends them. Null when the challenge asks for what we do not know. */
export function answerChallenge(
  challenge: string,
  request: {
    readonly method: string;
    readonly uri: string;
    readonly username: string;
    readonly password: string;
    readonly cnonce: string;
    readonly nonceCount: number;
  },
): string | null {
  const params = parseDigestHeader(challenge);
  const realm = params?.get('realm');
  const nonce = params?.get('nonce');
  const algorithm = (params?.get('algorithm') ?? 'MD5').toUpperCase();
  if (realm === undefined || nonce === undefined || (algorithm !== 'MD5' && algorithm !== 'SHA-256')) return null;
  const hasQop = (params?.get('qop') ?? '').split(',').some((qop) => qop.trim() === 'auth');
  const nc = request.nonceCount.toString(16).padStart(8, '0');
  const qop = hasQop ? { cnonce: request.cnonce, nc } : null;
  const { method, uri, username, password } = request;
  const response = digestResponse({ algorithm, username, realm, password, method, uri, nonce, qop });
  const opaque = params?.get('opaque');
  const tail = (qop ? `, qop=auth, nc=${nc}, cnonce="${qop.cnonce}"` : '') + (opaque === undefined ? '' : `, opaque="${opaque}"`);
  return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=${algorithm}${tail}`;
}

/** Compares without telling by its duration where the difference is. */
export function isSameText(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
