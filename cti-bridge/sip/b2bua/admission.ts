import type { Clock } from '../../kernel/index.ts';

const windowMs = 2_000;
const maxPerWindow = 100;
const bannedMs = 5 * 60_000;
const maxRemembered = 10_000;

/**
 * Strangers who send more than 100 requests in 2 s are not answered for 5 minutes (as Kamailio's `pike` does): an answer to a flood is half a
 * flood, and its source address may be somebody else's.
 */
export class StrangerGuard {
  readonly #clock: Clock;
  readonly #seen = new Map<string, { since: number; count: number; bannedUntil: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mayPass(host: string): boolean {
    const now = this.#clock.monotonic();
    let entry = this.#seen.get(host);
    if (!entry) {
      if (this.#seen.size >= maxRemembered) this.#forgetOldest();
      this.#seen.set(host, (entry = { since: now, count: 0, bannedUntil: 0 }));
    }
    if (now < entry.bannedUntil) return false;
    if (now - entry.since >= windowMs) {
      entry.since = now;
      entry.count = 0;
    }
    entry.count++;
    if (entry.count > maxPerWindow) entry.bannedUntil = now + bannedMs;
    return entry.count <= maxPerWindow;
  }

  #forgetOldest(): void {
    const [oldest] = this.#seen.keys();
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}

/** An IPv4 address that came through an IPv6 socket is the same neighbour. */
export const plainAddress = (host: string): string => host.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
