import type { Clock, TimerHandle } from '../../kernel/index.ts';
import type { AgreedInterval } from './session-interval.ts';

export interface SessionTimerUser {
  /** Half the interval has passed and it is ours to refresh. Resolve with whether the far side took it. */
  refresh(): void;
  /** Nobody refreshed in time (RFC 4028 §10). */
  expired(): void;
}

/**
 * The clock of one session (RFC 4028 §7.2, §10). Every refresh that succeeds, of either side, starts it anew with what was agreed then; whoever
 * refreshes does so at half the interval, and both end the call shortly before it has passed without one.
 *
 *     0 ---------------- interval/2 ------------------ interval - min(32 s, interval/3) -------- interval
 *                        refresh, when ours            BYE                                       (the far side's BYE)
 */
export class SessionTimer {
  readonly #clock: Clock;
  readonly #user: SessionTimerUser;
  #agreed: AgreedInterval | null = null;
  #refresh: TimerHandle | undefined;
  #expiry: TimerHandle | undefined;

  constructor(clock: Clock, user: SessionTimerUser) {
    this.#clock = clock;
    this.#user = user;
  }

  get agreed(): AgreedInterval | null {
    return this.#agreed;
  }

  /** What the last exchange agreed on; null: no timer. */
  restart(agreed: AgreedInterval | null): void {
    this.stop();
    this.#agreed = agreed;
    if (!agreed) return;
    const { seconds, isOursToRefresh } = agreed;
    if (isOursToRefresh) this.#refresh = this.#clock.timer(seconds * 500, () => this.#user.refresh());
    this.#expiry = this.#clock.timer((seconds - Math.min(32, Math.floor(seconds / 3))) * 1_000, () => {
      this.stop();
      this.#user.expired();
    });
  }

  /** The refresh did not go through; once more after a while, within what is left. */
  refreshAgainIn(ms: number): void {
    this.#refresh?.cancel();
    this.#refresh = this.#clock.timer(ms, () => this.#user.refresh());
  }

  stop(): void {
    this.#refresh?.cancel();
    this.#expiry?.cancel();
    this.#agreed = null;
  }
}
