import type { Clock } from './clock.ts';

export class TimeLimitError extends Error {
  readonly code = 'time_limit';
  constructor(what: string, limitMs: number) {
    super(`${what} did not finish within ${limitMs} ms`);
  }
}

/** Every wait has a limit. Rejects with `TimeLimitError`; the work itself is not stopped, so pass it a signal where it can be. */
export function withTimeLimit<Value>(clock: Clock, limitMs: number, what: string, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = clock.timer(limitMs, () => reject(new TimeLimitError(what, limitMs)));
    work.then(resolve, reject).finally(() => timer.cancel());
  });
}
