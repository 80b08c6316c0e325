import type { Clock } from '../../kernel/index.ts';

const maxFailures = 10;
const forgetAfterMs = 5 * 60_000;
const maxRemembered = 10_000;

/**
 * Counts wrong passwords per user name and address; after ten in a row the pair is locked for five minutes. By pair, so that a guesser locks
 * out himself and not the user elsewhere. Known and unknown names count alike: the answer must not tell which exist.
 */
export class Attempts {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; lastAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isLocked(username: string, host: string): boolean {
    const entry = this.#failures.get(`${username}|${host}`);
    if (!entry) return false;
    if (this.#clock.monotonic() - entry.lastAt < forgetAfterMs) return entry.count >= maxFailures;
    this.#failures.delete(`${username}|${host}`);
    return false;
  }

  failed(username: string, host: string): void {
    const key = `${username}|${host}`;
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.delete(key); // to the end: the oldest is forgotten first
    this.#failures.set(key, { count, lastAt: this.#clock.monotonic() });
    if (this.#failures.size <= maxRemembered) return;
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }

  succeeded(username: string, host: string): void {
    this.#failures.delete(`${username}|${host}`);
  }
}
