import type { Clock } from '../../kernel/index.ts';

/** Wrong passwords for one name from one address, and from one address for whatever names. */
const maxPerPair = 10;
const maxPerAddress = 100;
/** Wrong passwords for one name from all addresses together: a guesser with many addresses has no more tries than one with a few. */
const maxPerName = 30;
/** PCI DSS 8.3.4: at least thirty minutes. */
const forgetAfterMs = 30 * 60_000;
/** An address is known for a name for a week after the password was last proved there: phones come back to where they were. */
const knownForMs = 7 * 24 * 60 * 60_000;
const maxRemembered = 10_000;

/**
 * Counts wrong passwords per user name and address, per address, and per name. Too many in a row lock the pair, or the address, for half an
 * hour. A name that is guessed at from everywhere is locked as well, but not for where its password was proved before, so that guessers lock
 * out themselves and not the user. Known and unknown names count alike: the answer must not tell which exist.
 */
export class Attempts {
  readonly #clock: Clock;
  readonly #failures: Counts = new Map();
  /** Apart, so that guesses at many names do not make us forget those at one. */
  readonly #byName: Counts = new Map();
  readonly #proved: Counts = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isLocked(username: string, host: string): boolean {
    return (
      this.#count(this.#failures, pairOf(username, host)) >= maxPerPair || this.#count(this.#failures, addressOf(host)) >= maxPerAddress
    );
  }

  /** The name is guessed at from everywhere, and its password was never proved from here. */
  isNameLocked(username: string, host: string): boolean {
    return this.#count(this.#byName, username) >= maxPerName && this.#count(this.#proved, pairOf(username, host), knownForMs) === 0;
  }

  failed(username: string, host: string): void {
    this.#add(this.#failures, pairOf(username, host));
    this.#add(this.#failures, addressOf(host));
    this.#add(this.#byName, username);
  }

  /**
   * The address keeps its count, and the name: one password known is no leave to guess the others, and one phone at home none to guess here.
   * But for `isRandom`, a secret made for one log-in: what was tried before it was that of the log-in before, as all desktops of an office
   * behind one address do when the bridge was started anew.
   */
  succeeded(username: string, host: string, isRandom: boolean): void {
    const pair = pairOf(username, host);
    if (isRandom) {
      const tries = this.#count(this.#failures, pair);
      this.#subtract(this.#failures, addressOf(host), tries);
      this.#subtract(this.#byName, username, tries);
    }
    this.#failures.delete(pair);
    this.#add(this.#proved, pair);
  }

  #count(counts: Counts, key: string, forMs = forgetAfterMs): number {
    const entry = counts.get(key);
    if (!entry) return 0;
    if (this.#clock.monotonic() - entry.lastAt < forMs) return entry.count;
    counts.delete(key);
    return 0;
  }

  #subtract(counts: Counts, key: string, tries: number): void {
    const entry = counts.get(key);
    if (!entry) return;
    if (entry.count > tries) counts.set(key, { ...entry, count: entry.count - tries });
    else counts.delete(key);
  }

  #add(counts: Counts, key: string): void {
    const count = this.#count(counts, key) + 1;
    counts.delete(key); // to the end: the oldest is forgotten first
    counts.set(key, { count, lastAt: this.#clock.monotonic() });
    if (counts.size <= maxRemembered) return;
    const [oldest] = counts.keys();
    if (oldest !== undefined) counts.delete(oldest);
  }
}

type Counts = Map<string, { readonly count: number; readonly lastAt: number }>;

const pairOf = (username: string, host: string): string => `${username}|${host}`;
const addressOf = (host: string): string => `|${host}`;
