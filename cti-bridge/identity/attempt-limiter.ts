import { minutes } from '../../shared/duration.ts';

const windowMs = minutes(30);
const limits = { account: 10, address: 100 } as const;
/** More keys than this are never remembered: the oldest go first, so that guessing user names cannot fill the memory. */
const maxKeys = 20_000;

/**
 * Slows down guessing: ten failures on one account, or a hundred from one address, within half an hour, and further attempts are refused
 * before a password is looked at. A success clears the account and takes
 * back only its own attempt from the address. Time is an argument.
 */
export class AttemptLimiter {
  /** Times of failures by key, oldest first. Keys are kept in order of their latest failure. */
  readonly #failures = new Map<string, readonly number[]>();

  isRefused(username: string, address: string, at: number): boolean {
    return (
      this.#recent(accountKey(username), at).length >= limits.account || this.#recent(addressKey(address), at).length >= limits.address
    );
  }

  failed(username: string, address: string, at: number): void {
    this.#add(accountKey(username), at, limits.account);
    this.#add(addressKey(address), at, limits.address);
  }

  /** The attempt counted at `at` was none: the right password. Other failures from the address stay. */
  succeeded(username: string, address: string, at: number): void {
    this.#failures.delete(accountKey(username));
    const key = addressKey(address);
    const failures = this.#failures.get(key) ?? [];
    const own = failures.lastIndexOf(at);
    if (own >= 0) this.#failures.set(key, failures.toSpliced(own, 1));
  }

  #recent(key: string, at: number): readonly number[] {
    return (this.#failures.get(key) ?? []).filter((failedAt) => failedAt > at - windowMs);
  }

  #add(key: string, at: number, limit: number): void {
    const kept = [...this.#recent(key, at), at].slice(-limit);
    this.#failures.delete(key);
    this.#failures.set(key, kept);
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= maxKeys) break;
      this.#failures.delete(oldest);
    }
  }
}

/** Where there are no accounts to guess, only one secret: each address has ten tries, and then none for half an hour. */
export class AttemptsByAddress {
  readonly #attempts = new AttemptLimiter();

  isRefused(address: string, at: number): boolean {
    return this.#attempts.isRefused(address, address, at);
  }

  failed(address: string, at: number): void {
    this.#attempts.failed(address, address, at);
  }
}

const accountKey = (username: string) => `account ${username.trim().toLowerCase()}`;
const addressKey = (address: string) => `address ${address}`;
