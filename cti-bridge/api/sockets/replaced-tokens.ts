import { createHash } from 'node:crypto';

/** More are not remembered: the oldest go first. */
const mostRemembered = 1_000;

/**
 * Tokens of sessions that ended because the same agent signed in elsewhere. A desktop that slept through it comes back with such a token
 * and is told why it may not go on, instead of just that it may not. Only hashes are kept.
 */
export class ReplacedTokens {
  readonly #hashOfSession = new Map<string, string>();
  readonly #replaced = new Set<string>();

  connected(sessionId: string, token: string): void {
    this.#hashOfSession.set(sessionId, sha256(token));
  }

  ended(sessionId: string, isReplaced: boolean): void {
    const hash = this.#hashOfSession.get(sessionId);
    this.#hashOfSession.delete(sessionId);
    if (hash === undefined || !isReplaced) return;
    this.#replaced.add(hash);
    for (const oldest of this.#replaced) {
      if (this.#replaced.size <= mostRemembered) break;
      this.#replaced.delete(oldest);
    }
  }

  has(token: string): boolean {
    return this.#replaced.has(sha256(token));
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
