import type { Clock } from '../../kernel/index.ts';

/** Wrong passwords for one name from one address, and from one address for whatever names. */
const maxPerPair = 10;
const maxPerAddress = 100;
/** PCI DSS 8.3.4: at least thirty minutes. */
const forgetAfterMs = 30 * 60_000;
const maxRemembered = 10_000;

/**
 * Counts wrong passwords per user name and address, and per address. Too many in a row lock the pair, or the address, for half an hour. Not
 * per name alone, so that a guesser locks out himself and not the user elsewhere. Known and unknown names count alike: the answer must not
 * tell which exist.
 */
export class Attempts {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; lastAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isLocked(username: string, host: string): boolean {
    return this.#count(pairOf(username, host)) >= maxPerPair || this.#count(addressOf(host)) >= maxPerAddress;
  }

  failed(username: string, host: string): void {
    this.#add(pairOf(username, host));
    this.#add(addressOf(host));
  }

  /** The address keeps its count: one password known is no leave to guess the others. */
  succeeded(username: string, host: string): void {
    this.#failures.delete(pairOf(username, host));
  }

  #count(key: string): number {
    const entry = this.#failures.get(key);
    if (!entry) return 0;
    if (this.#clock.monotonic() - entry.lastAt < forgetAfterMs) return entry.count;
    this.#failures.delete(key);
    return 0;
  }

  #add(key: string): void {
    const count = this.#count(key) + 1;
    this.#failures.delete(key); // to the end: the oldest is forgotten first
    this.#failures.set(key, { count, lastAt: this.#clock.monotonic() });
    if (this.#failures.size <= maxRemembered) return;
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }
}

const pairOf = (username: string, host: string): string => `${username}|${host}`;
const addressOf = (host: string): string => `|${host}`;
