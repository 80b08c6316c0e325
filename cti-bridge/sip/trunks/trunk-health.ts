import type { Clock, TimerHandle } from '../../kernel/index.ts';

/** Not asked again sooner, so that a name server or a trunk that is down is not stormed. */
const askAgainMs = 10_000;
/** What a target that failed a call is left alone for, unless it answers before. */
const failedMs = 30_000;
const longestRestMs = 3_600_000;

interface TargetHealth {
  isUp: boolean | null;
  failedUntil: number;
  restsUntil: number;
}

/** What is known of each target of a trunk: whether it answers, failed a call a moment ago, or asked for rest. */
export class TrunkHealth {
  readonly #clock: Clock;
  readonly #targets = new Map<string, TargetHealth>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** It answered, in whatever way. */
  answered(target: string): void {
    const health = this.#of(target);
    health.isUp = true;
    health.failedUntil = 0;
  }

  /** It said nothing, or that it cannot. */
  failed(target: string): void {
    const health = this.#of(target);
    health.isUp = false;
    health.failedUntil = this.#clock.monotonic() + failedMs;
  }

  /** 503 with Retry-After (RFC 3261 §21.5.4): nothing is sent there until then. */
  rests(target: string, seconds: number): void {
    const ms = Math.min(seconds * 1_000, longestRestMs);
    this.#of(target).restsUntil = this.#clock.monotonic() + ms;
  }

  /** Good ones first; those that failed a moment ago behind them; none that asked for rest. */
  usable<One>(targets: readonly One[], keyOf: (target: One) => string): readonly One[] {
    const now = this.#clock.monotonic();
    const awake = targets.filter((target) => this.#of(keyOf(target)).restsUntil <= now);
    const hasFailed = (target: One) => this.#of(keyOf(target)).failedUntil > now;
    return [...awake.filter((target) => !hasFailed(target)), ...awake.filter(hasFailed)];
  }

  /** Of the trunk as a whole: up as long as one is. */
  isUp(targets: readonly string[]): boolean | null {
    const known = targets.map((target) => this.#of(target).isUp);
    if (known.includes(true)) return true;
    return known.length > 0 && known.every((isUp) => isUp === false) ? false : null;
  }

  /** When the first of them may be asked again; null when one may be now. */
  restsUntil(targets: readonly string[]): number | null {
    const first = Math.min(...targets.map((target) => this.#of(target).restsUntil));
    return targets.length > 0 && first > this.#clock.monotonic() ? first : null;
  }

  #of(target: string): TargetHealth {
    let health = this.#targets.get(target);
    if (!health) this.#targets.set(target, (health = { isUp: null, failedUntil: 0, restsUntil: 0 }));
    return health;
  }
}

/** One timer that is set anew each time. */
export class Again {
  readonly #clock: Clock;
  #timer: TimerHandle | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  in(ms: number, act: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.timer(ms, act);
  }

  stop(): void {
    this.#timer?.cancel();
  }
}

/** From 10 to 20 s: what went down together does not come back together. */
export const soon = (fraction: () => number): number => askAgainMs * (1 + fraction());
