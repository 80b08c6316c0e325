import { minutes, seconds } from '../../shared/duration.ts';

/** How much and how long: what one desktop, one address or one connection may take. */
export interface ApiLimits {
  /** Log-ins a minute from one address, right or wrong: each costs a password hash. Failures are limited far lower by identity. */
  readonly loginsPerMinute: number;
  /** A desktop that is gone without a word is found after at most the sum of both (half-open, laptop sleep: 15 s). */
  readonly pingEveryMs: number;
  readonly pongLimitMs: number;
  /** For a socket to show its session, and then to ask for its snapshot. */
  readonly resumeLimitMs: number;
  /** For a request's head and for its body; heads are looked at every `lookEveryMs` (idle connections closed <= 30 s). */
  readonly headLimitMs: number;
  readonly requestLimitMs: number;
  readonly lookEveryMs: number;
  /** A file may take as long as its line needs, while at least so many bytes come in every such time. */
  readonly upload: { readonly leastBytes: number; readonly withinMs: number };
  /** What one desktop may send. A person clicking and typing stays far below. */
  readonly commands: { readonly perSecond: number; readonly burst: number };
  /** Refused commands, unknown events and unreadable packets it may send before its socket, and only its, is closed. */
  readonly offences: { readonly perSecond: number; readonly burst: number };
}

export const defaultLimits: ApiLimits = {
  loginsPerMinute: 120,
  pingEveryMs: seconds(5),
  pongLimitMs: seconds(5),
  resumeLimitMs: seconds(10),
  headLimitMs: seconds(10),
  requestLimitMs: seconds(15),
  lookEveryMs: seconds(5),
  upload: { leastBytes: 16 * 1024, withinMs: seconds(30) },
  commands: { perSecond: 50, burst: 100 },
  offences: { perSecond: 1, burst: 150 },
};

export const loginWindowMs = minutes(1);
