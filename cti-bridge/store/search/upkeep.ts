import { seconds } from '../../../shared/duration.ts';
import type { Clock, Log, TimerHandle } from '../../kernel/index.ts';

/** Documents written at a time: some ten milliseconds of the writer, which calls wait for too. */
const atOnce = 100;
/** After each lot, after all of it, and after a failure. */
const rests = { between: 10, whenDone: seconds(2), afterFailure: seconds(30) } as const;

/**
 * Writes the documents of the search when there is time: of everybody who was there before the index, then of whoever is due. Both end
 * with nothing to do, and both go on after a restart where they were.
 */
export class SearchUpkeep {
  readonly #write: (name: 'indexEverything' | 'indexDue', atOnce: number) => Promise<boolean>;
  readonly #clock: Clock;
  readonly #log: Log;
  #timer: TimerHandle | undefined;
  #isComplete = false;
  #isStopped = false;

  constructor(parts: {
    /** True when there is more. */
    readonly write: (name: 'indexEverything' | 'indexDue', atOnce: number) => Promise<boolean>;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#write = parts.write;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#after(rests.between);
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  #after(restMs: number): void {
    if (!this.#isStopped) this.#timer = this.#clock.timer(restMs, () => void this.#writeSome());
  }

  async #writeSome(): Promise<void> {
    try {
      const hasMore = await this.#write(this.#isComplete ? 'indexDue' : 'indexEverything', atOnce);
      const isFirstDone = !this.#isComplete && !hasMore;
      if (isFirstDone) this.#isComplete = true;
      this.#after(hasMore || isFirstDone ? rests.between : rests.whenDone);
    } catch (error) {
      if (!this.#isStopped) this.#log.warn('store:searchNotIndexed', { error: String(error) });
      this.#after(rests.afterFailure);
    }
  }
}
