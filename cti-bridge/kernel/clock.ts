/** A timer that can be stopped. Cancelling twice, or after it fired, does nothing. */
export interface TimerHandle {
  cancel(): void;
}

/** Time as an argument. `now` is wall time for records; `monotonic` is for durations and never goes back, whatever the wall does. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds from an arbitrary origin, fractional, never decreasing. */
  monotonic(): number;
  /** Runs `fire` once after `delayMs` (at least 0). */
  timer(delayMs: number, fire: () => void): TimerHandle;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  timer(delayMs, fire) {
    const handle = setTimeout(fire, Math.max(0, delayMs));
    return { cancel: () => clearTimeout(handle) };
  },
};
