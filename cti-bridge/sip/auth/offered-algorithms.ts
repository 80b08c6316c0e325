import type { ReceivedRequest } from '../message/index.ts';
import { headerOf } from '../message/index.ts';
import type { Flow } from '../transport/index.ts';
import { isBrowsers } from '../transport/index.ts';
import type { DigestAlgorithm } from './digest.ts';

const strongerFirst = ['SHA-256', 'MD5'] as const satisfies readonly DigestAlgorithm[];
const md5Alone = ['MD5'] as const satisfies readonly DigestAlgorithm[];
const maxRemembered = 10_000;

/** Gives up at a challenge with an algorithm it does not know, MD5 beside it or not. */
const md5Agents = /^baresip v[01]\./i;

/**
 * What a challenge offers. SHA-256 first, then MD5 (RFC 8760 §2.4), of which a client takes the first it knows. Some do not: JsSIP, on the
 * WebSocket flows, reads the first challenge only and knows MD5 alone (its password is random and lives as long as a log-in); others give
 * up at the sight of SHA-256 and only try again later, from the beginning. Who comes back so, without credentials although we asked for
 * them, is offered MD5 alone. Nothing is lost by that: it was on offer before.
 */
export class OfferedAlgorithms {
  /** By flow: the bare request that was offered both, and nothing has come since. */
  readonly #unanswered = new Map<string, string>();

  for(request: ReceivedRequest, flow: Flow): readonly DigestAlgorithm[] {
    if (isBrowsers(flow) || md5Agents.test(headerOf(request, 'User-Agent') ?? '')) return md5Alone;
    const name = `${request.callId}|${request.cseq.number}|${request.method}`;
    const before = this.#unanswered.get(flow.id);
    if (before !== undefined && before !== name) return md5Alone;
    this.#unanswered.set(flow.id, name);
    if (this.#unanswered.size > maxRemembered) {
      const [oldest] = this.#unanswered.keys();
      if (oldest !== undefined) this.#unanswered.delete(oldest);
    }
    return strongerFirst;
  }

  /** Credentials came on this flow: its owner understood. Those for MD5 alone are no sign that it would have understood both. */
  understood(flow: Flow, algorithm: DigestAlgorithm): void {
    if (algorithm !== 'MD5') this.#unanswered.delete(flow.id);
  }
}
