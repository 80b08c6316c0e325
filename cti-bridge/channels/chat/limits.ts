import { isIPv6 } from 'node:net';
import { minutes, seconds } from '../../../shared/duration.ts';
import { type Clock, TokenBucket } from '../../kernel/index.ts';

interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** How much and how long: what one visitor, one address and the whole world may take. */
export interface ChatChannelLimits {
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** New connections, and requests, from one address. Offices of hundreds have one. */
  readonly arrivals: Rate;
  /** Messages left while nobody is there, from one address. */
  readonly leftMessages: Rate;
  /** Frames of any kind on one connection; who sends more is no person, and the socket is closed. */
  readonly frames: Rate;
  /** Lines of one connection; what is more is refused, and comes again a little later. */
  readonly lines: Rate;
  /** Readings of what was missed. */
  readonly catchUps: Rate;
  /** Files of one conversation. */
  readonly files: Rate;
  /** Frames that may wait for the ones before them to be stored. */
  readonly waitingFrames: number;
  readonly frameBytes: number;
  /** What may wait for a slow reader before we call them gone. */
  readonly unreadBytes: number;
  /** For the first frame after the connection. */
  readonly openLimitMs: number;
  /** A visitor who is gone without a word is found after at most twice this. */
  readonly beatEveryMs: number;
  /** Between one page and the next, and at a reload, nobody has gone. */
  readonly goneAfterMs: number;
  /** For the stories to store something. */
  readonly storeLimitMs: number;
  /** Between two pieces of a file. */
  readonly pieceLimitMs: number;
  /** How long the link to a file is good. */
  readonly passMs: number;
}

export const defaultChatLimits: ChatChannelLimits = {
  connections: 5_000,
  connectionsPerAddress: 300,
  arrivals: { perSecond: 10, burst: 120 },
  leftMessages: { perSecond: 1 / 30, burst: 5 },
  frames: { perSecond: 20, burst: 100 },
  lines: { perSecond: 2, burst: 15 },
  catchUps: { perSecond: 1, burst: 10 },
  files: { perSecond: 1 / 5, burst: 10 },
  waitingFrames: 60,
  frameBytes: 32 * 1024,
  unreadBytes: 1 << 20,
  openLimitMs: seconds(10),
  beatEveryMs: seconds(6),
  goneAfterMs: seconds(5),
  storeLimitMs: seconds(10),
  pieceLimitMs: seconds(20),
  passMs: minutes(12 * 60),
};

/** Rates by address or whatever names somebody. Who has been quiet long enough to be as a stranger is forgotten. */
export class RatePerKey {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { readonly bucket: TokenBucket; usedAt: number }>();
  #lookedAt: number;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#lookedAt = clock.monotonic();
  }

  get size(): number {
    return this.#buckets.size;
  }

  take(key: string): boolean {
    this.#forget();
    const known = this.#buckets.get(key) ?? { bucket: new TokenBucket(this.#clock, this.#rate), usedAt: 0 };
    known.usedAt = this.#clock.monotonic();
    this.#buckets.set(key, known);
    return known.bucket.take();
  }

  #forget(): void {
    const now = this.#clock.monotonic();
    const fullAfterMs = (this.#rate.burst / this.#rate.perSecond) * 1_000;
    if (now - this.#lookedAt < fullAfterMs) return;
    this.#lookedAt = now;
    for (const [key, { usedAt }] of this.#buckets) if (now - usedAt >= fullAfterMs) this.#buckets.delete(key);
  }
}

/** Who is one: an address, or the 64 bits that a household's IPv6 addresses share. */
export function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const groups = [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
