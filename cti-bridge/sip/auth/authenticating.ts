import type { Header, ReceivedResponse } from '../message/index.ts';
import { headerLines } from '../message/index.ts';
import type { RandomBytes } from '../names.ts';
import type { DigestAlgorithm } from './digest.ts';
import { answerChallenge, parseDigestHeader } from './digest.ts';

/** Who we are at a provider. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface Answerable {
  readonly value: string;
  readonly realm: string;
  readonly algorithm: DigestAlgorithm;
  readonly isStale: boolean;
}

interface Answered {
  readonly challenge: string;
  count: number;
}

/** Challenges answered for one request; a server that always finds a new one is no server to talk to. */
const maxChallenges = 3;

/** One side asks in `WWW-Authenticate` (401), proxies on the way in `Proxy-Authenticate` (407); either may stand more than once. */
const kinds = [
  { asks: 'WWW-Authenticate', answers: 'Authorization' },
  { asks: 'Proxy-Authenticate', answers: 'Proxy-Authorization' },
] as const;

/**
 * Digest authentication as a client (RFC 3261 §22, RFC 7616, RFC 8760), for all requests of one call or registration. The strongest challenge of a
 * realm is answered, whatever order they stand in. A nonce that was good serves further requests, with a count that rises, until
 * the server names it stale.
 */
export class Authenticating {
  readonly #credentials: Credentials;
  readonly #random: RandomBytes;
  /** The last challenge of each realm, by header and realm. */
  readonly #known = new Map<string, Answered>();

  constructor(credentials: Credentials, random: RandomBytes) {
    this.#credentials = credentials;
    this.#random = random;
  }

  /** A new request; its `answer` gives the headers to send it again with. */
  begin(): Attempt {
    const answeredRealms = new Set<string>();
    let rounds = 0;
    return {
      answer: (response, method, uri) => {
        if (response.status !== 401 && response.status !== 407) return null;
        if (++rounds > maxChallenges) return null;
        let isAnything = false;
        for (const { asks, answers } of kinds) {
          for (const { value, realm, isStale } of strongestOfEachRealm(headerLines(response, asks))) {
            const name = `${answers}|${realm}`;
            // RFC 3261 §22.2: what was just refused is not tried again; a nonce that was only too old is no refusal.
            if (answeredRealms.has(name) && !isStale) return null;
            answeredRealms.add(name);
            this.#known.set(name, { challenge: value, count: 0 });
            isAnything = true;
          }
        }
        return isAnything ? this.headers(method, uri) : null;
      },
    };
  }

  /** Credentials for all realms that asked before, each with its next nonce count; none before the first challenge. */
  headers(method: string, uri: string): readonly Header[] {
    const headers: Header[] = [];
    for (const [name, answered] of this.#known) {
      const value = answerChallenge(answered.challenge, {
        ...this.#credentials,
        method,
        uri,
        cnonce: Buffer.from(this.#random(12)).toString('hex'),
        nonceCount: ++answered.count,
      });
      if (value !== null) headers.push({ name: name.slice(0, name.indexOf('|')), value });
    }
    return headers;
  }
}

/** One request, however often it is challenged. */
export interface Attempt {
  /** Headers for the next try; null when there is no use in one: another status, a refused password, or too many challenges. */
  answer(response: ReceivedResponse, method: string, uri: string): readonly Header[] | null;
}

function strongestOfEachRealm(lines: readonly string[]): readonly Answerable[] {
  const best = new Map<string, Answerable>();
  for (const value of lines) {
    const challenge = readChallenge(value);
    if (!challenge) continue;
    const present = best.get(challenge.realm);
    if (!present || (present.algorithm === 'MD5' && challenge.algorithm === 'SHA-256')) best.set(challenge.realm, challenge);
  }
  return [...best.values()];
}

/** Null for another scheme, an algorithm that is not ours, or a protection (`auth-int` alone) that is not. */
function readChallenge(value: string): Answerable | null {
  const params = parseDigestHeader(value);
  const realm = params?.get('realm');
  const algorithm = (params?.get('algorithm') ?? 'MD5').toUpperCase();
  const offered = params?.get('qop')?.split(',') ?? ['auth'];
  if (!params || realm === undefined || !params.has('nonce') || (algorithm !== 'MD5' && algorithm !== 'SHA-256')) return null;
  if (!offered.some((qop) => qop.trim().toLowerCase() === 'auth')) return null;
  return { value, realm, algorithm, isStale: params.get('stale')?.toLowerCase() === 'true' };
}
