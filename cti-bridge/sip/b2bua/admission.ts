import type { Clock } from '../../kernel/index.ts';
import { TokenBucket } from '../../kernel/index.ts';

/** Requests one stranger's address may send, as Kamailio's `pike` counts them. */
const strangerRate = { perSecond: 50, burst: 100 };
/** From where a password was proved many phones may come, behind one NAT or one edge proxy. */
const provedRate = { perSecond: 500, burst: 1_000 };
/** Above its rate for so long without one password proved: that is no office whose power came back. */
const patienceMs = 10_000;
const bannedMs = 5 * 60_000;
const maxRemembered = 10_000;

interface Source {
  tokens: number;
  at: number;
  isProved: boolean;
  /** Since when it has been above its rate without a pause; null when it is not. */
  excessSince: number | null;
  bannedUntil: number;
}

/**
 * Limits each stranger's address. What is above its rate is not answered (an answer to a flood is half a flood, and its source address may be
 * somebody else's); a phone repeats what was lost. Who goes on is not heard for five minutes.
 */
export class StrangerGuard {
  readonly #clock: Clock;
  /** In the order of their first message; the oldest is forgotten first. */
  readonly #sources = new Map<string, Source>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mayPass(host: string): boolean {
    const now = this.#clock.monotonic();
    const source = this.#source(host, now);
    if (now < source.bannedUntil) return false;
    const { perSecond, burst } = source.isProved ? provedRate : strangerRate;
    source.tokens = Math.min(burst, source.tokens + ((now - source.at) / 1_000) * perSecond);
    source.at = now;
    if (source.tokens >= burst / 2) source.excessSince = null;
    if (source.tokens >= 1) {
      source.tokens--;
      return true;
    }
    source.excessSince ??= now;
    if (!source.isProved && now - source.excessSince >= patienceMs) source.bannedUntil = now + bannedMs;
    return false;
  }

  /** Not even looked at: to be asked before anything is read. */
  isBanned(host: string): boolean {
    const source = this.#sources.get(host);
    return source !== undefined && this.#clock.monotonic() < source.bannedUntil;
  }

  /** Somebody there knew a password. */
  proved(host: string): void {
    const source = this.#source(host, this.#clock.monotonic());
    source.isProved = true;
    source.excessSince = null;
    source.bannedUntil = 0;
  }

  #source(host: string, now: number): Source {
    let source = this.#sources.get(host);
    if (!source) {
      if (this.#sources.size >= maxRemembered) this.#forgetOldest();
      source = { tokens: strangerRate.burst, at: now, isProved: false, excessSince: null, bannedUntil: 0 };
      this.#sources.set(host, source);
    }
    return source;
  }

  #forgetOldest(): void {
    const [oldest] = this.#sources.keys();
    if (oldest !== undefined) this.#sources.delete(oldest);
  }
}

/** Refusals for strangers, all of them together: whoever dialled a wrong machine learns so, a flood from many addresses does not. */
const courtesyRate = { perSecond: 200, burst: 200 };
/** First REGISTERs, without a password, of all phones together; and those that answer a challenge, which only need work to check. */
const helloRate = { perSecond: 500, burst: 1_000 };
const proofRate = { perSecond: 2_000, burst: 4_000 };
/** Phones that come back all at once are told to come again within so many seconds, each at another moment. */
const comeBack = { leastSeconds: 5, spreadSeconds: 25 };

/** Limits what costs something whoever sends it, because a flood may come from many addresses. */
export class SharedLimits {
  readonly #courtesy: TokenBucket;
  readonly #hello: TokenBucket;
  readonly #proof: TokenBucket;

  constructor(clock: Clock) {
    this.#courtesy = new TokenBucket(clock, courtesyRate);
    this.#hello = new TokenBucket(clock, helloRate);
    this.#proof = new TokenBucket(clock, proofRate);
  }

  /** Whether one more stranger is told that he is one. */
  mayBeRefused(): boolean {
    return this.#courtesy.take();
  }

  mayRegister(hasCredentials: boolean): boolean {
    return (hasCredentials ? this.#proof : this.#hello).take();
  }
}

/** Seconds for Retry-After; `fraction` is in [0, 1). */
export const comeBackAfter = (fraction: number): number => comeBack.leastSeconds + Math.floor(fraction * comeBack.spreadSeconds);

/** An IPv4 address that came through an IPv6 socket is the same neighbour. */
export const plainAddress = (host: string): string => host.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
