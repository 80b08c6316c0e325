import type { Clock } from '../../kernel/index.ts';
import type { CredentialLookup } from '../api.ts';
import type { Header, ReceivedRequest } from '../message/index.ts';
import { headerLines } from '../message/index.ts';
import type { RandomBytes } from '../names.ts';
import type { Flow } from '../transport/index.ts';
import { originOf } from '../transport/index.ts';
import { Attempts } from './attempts.ts';
import type { DigestAlgorithm, DigestCredentials } from './digest.ts';
import { digestResponse, formatChallenge, isSameText, parseCredentials } from './digest.ts';
import { Nonces } from './nonces.ts';
import { OfferedAlgorithms } from './offered-algorithms.ts';

export type AuthVerdict =
  | { readonly kind: 'accepted'; readonly username: string }
  /** Answer 401 with these headers. `isWrong`: a password was tried and it was not the right one. */
  | { readonly kind: 'challenge'; readonly headers: readonly Header[]; readonly isWrong: boolean }
  /** Too many wrong passwords: 403, without looking. */
  | { readonly kind: 'locked' };

/** Digest authentication of our own users (RFC 3261 §22, RFC 7616, RFC 8760). */
export class Authenticator {
  readonly #realm: string;
  readonly #lookup: CredentialLookup;
  readonly #nonces: Nonces;
  readonly #attempts: Attempts;
  readonly #algorithms = new OfferedAlgorithms();
  /** Unknown users are compared with this, so that they take as long as known ones. */
  readonly #nobody: string;

  constructor(realm: string, lookup: CredentialLookup, clock: Clock, random: RandomBytes) {
    this.#realm = realm;
    this.#lookup = lookup;
    this.#nonces = new Nonces(clock, random);
    this.#attempts = new Attempts(clock);
    this.#nobody = Buffer.from(random(18)).toString('base64url');
  }

  /** `trustedAs`: whose password this flow has proved before; the lock, which somebody else's guesses may have closed, is not for them. */
  check(request: ReceivedRequest, flow: Flow, trustedAs: string | null = null): AuthVerdict {
    const credentials = this.#credentialsOf(request);
    if (!credentials) return this.#challenge(flow, this.#algorithms.for(request, flow), false, false);
    const { username, algorithm } = credentials;
    const { host } = originOf(flow);
    this.#algorithms.understood(flow, algorithm);
    // What they could answer is what they are asked for again.
    const challenge = (isStale: boolean, isWrong: boolean) => this.#challenge(flow, [algorithm], isStale, isWrong);
    const isLockedHere = username !== trustedAs && this.#attempts.isLocked(username, host);
    // RFC 7616 §3.3: also of a nonce that is none of ours. It may be of a run before this one, and nothing was guessed with it.
    if (this.#nonces.check(credentials.nonce, flow.id) !== 'fresh') return isLockedHere ? { kind: 'locked' } : challenge(true, false);
    const known = this.#lookup(username);
    const isRight = this.#isRight(credentials, request, known);
    // Where somebody guesses only a secret that nobody can guess is still believed; whoever is refused is told the same.
    const isGuessedAt = isLockedHere || (username !== trustedAs && this.#attempts.isNameLocked(username, host));
    const isLocked = isGuessedAt && !(isRight && known?.isRandom);
    if (!isRight || isLocked) {
      if (!isLockedHere) this.#attempts.failed(username, host);
      return isLocked ? { kind: 'locked' } : challenge(false, true);
    }
    // A right answer with a used count is somebody's recording (RFC 7616 §3.4.5), or a client that lost count: a new nonce settles both.
    if (!this.#nonces.use(credentials.nonce, Number.parseInt(credentials.nc ?? '0', 16))) return challenge(true, false);
    this.#attempts.succeeded(username, host, known?.isRandom === true);
    return { kind: 'accepted', username };
  }

  #credentialsOf(request: ReceivedRequest): DigestCredentials | null {
    for (const line of headerLines(request, 'Authorization')) {
      const parsed = parseCredentials(line);
      if (parsed.ok && parsed.value.realm === this.#realm) return parsed.value;
    }
    return null;
  }

  #isRight(credentials: DigestCredentials, request: ReceivedRequest, known: ReturnType<CredentialLookup>): boolean {
    const { algorithm, username, uri, nonce, qop, cnonce, nc, response } = credentials;
    // Without qop there is no count, and a recording could be played again within the nonce's life: we offered qop, so we insist.
    const isComplete = qop === 'auth' && cnonce !== null && nc !== null && /^[0-9a-f]{8}$/i.test(nc);
    const password = known?.password ?? this.#nobody;
    const expected = digestResponse({
      algorithm,
      username,
      realm: this.#realm,
      password,
      method: request.method,
      uri,
      nonce,
      qop: { cnonce: cnonce ?? '', nc: nc ?? '' },
    });
    const isSame = isSameText(expected, response.toLowerCase());
    return isSame && known !== null && isComplete && uri === request.uri;
  }

  #challenge(flow: Flow, algorithms: readonly DigestAlgorithm[], isStale: boolean, isWrong: boolean): AuthVerdict {
    const nonce = this.#nonces.issue(flow.id);
    const headers = algorithms.map((algorithm) => ({
      name: 'WWW-Authenticate',
      value: formatChallenge({ realm: this.#realm, nonce, algorithm, isStale }),
    }));
    return { kind: 'challenge', headers, isWrong };
  }
}
