import { createHmac } from 'node:crypto';
import type { Clock } from '../../kernel/index.ts';
import type { RandomBytes } from '../names.ts';
import { isSameText } from './digest.ts';

const lifetimeMs = 5 * 60_000;
const maxRemembered = 50_000;

export type NonceVerdict = 'fresh' | 'stale' | 'foreign' | 'replayed';

/**
 * Nonces that prove themselves: time, salt and an HMAC over both and the flow, so that none has to be remembered when it is given out
 * (RFC 7616 §3.3). Only those that were *used* are, with their highest count: the same count again is a replay.
 */
export class Nonces {
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  readonly #key: Buffer;
  readonly #used = new Map<string, { count: number; readonly issuedAt: number }>();

  constructor(clock: Clock, random: RandomBytes) {
    this.#clock = clock;
    this.#random = random;
    this.#key = Buffer.from(random(32));
  }

  issue(flowId: string): string {
    const head = `${Math.floor(this.#clock.monotonic()).toString(36)}.${Buffer.from(this.#random(9)).toString('base64url')}`;
    return `${head}.${this.#seal(head, flowId)}`;
  }

  /** `foreign`: not ours, or given to another flow. Whoever asks with `fresh` credentials has proved the password first; see `use`. */
  check(nonce: string, flowId: string): NonceVerdict {
    const at = nonce.lastIndexOf('.');
    const head = nonce.slice(0, Math.max(0, at));
    if (!isSameText(nonce.slice(at + 1), this.#seal(head, flowId))) return 'foreign';
    return this.#clock.monotonic() - issuedAt(nonce) > lifetimeMs ? 'stale' : 'fresh';
  }

  /** Notes that this count of the nonce was used; false when it, or a higher one, was before. */
  use(nonce: string, count: number): boolean {
    const known = this.#used.get(nonce);
    if (known && count <= known.count) return false;
    if (known) known.count = count;
    else {
      this.#forgetOld();
      this.#used.set(nonce, { count, issuedAt: issuedAt(nonce) });
    }
    return true;
  }

  /** In order of first use; those out of date are refused as stale anyway. */
  #forgetOld(): void {
    const now = this.#clock.monotonic();
    for (const [nonce, { issuedAt: at }] of this.#used) {
      if (now - at <= lifetimeMs && this.#used.size < maxRemembered) return;
      this.#used.delete(nonce);
    }
  }

  #seal(head: string, flowId: string): string {
    return createHmac('sha256', this.#key).update(`${head}|${flowId}`).digest('base64url').slice(0, 22);
  }
}

const issuedAt = (nonce: string): number => Number.parseInt(nonce.split('.')[0] ?? '', 36);
