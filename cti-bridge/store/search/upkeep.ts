import { minutes, seconds } from '../../../shared/duration.ts';
import type { Clock, Log, TimerHandle } from '../../kernel/index.ts';
import { pagesAtOnce } from './full-text.ts';

/** In this order; the first is done once. As much at a time as takes the writer, which calls wait for too, some milliseconds. */
const steps = [
  { name: 'indexEverything', atOnce: 40 },
  { name: 'indexDue', atOnce: 40 },
  { name: 'mergeIndex', atOnce: pagesAtOnce },
] as const;
type Step = (typeof steps)[number]['name'];

/** Where calls come, the writer is theirs for nine parts in ten of the time; after so much quiet it is the index's. */
const restPerWork = 9;
const quietAfterMs = seconds(5);

/** After each lot (longer while mass work wants the writer: its rows are found a little later), after all of it, after a failure; and after a merging, which writes the whole index anew, until the next one. */
const rests = { between: 10, whileBusy: seconds(1), whenDone: seconds(2), afterFailure: seconds(30), afterMerging: minutes(10) } as const;

/**
 * Writes the documents of the search when there is time: of everybody who was there before the index, then of whoever is due; then takes out
 * of the file what the index no longer has. All of it ends with nothing to do, and goes on after a restart where it was.
 */
export class SearchUpkeep {
  readonly #write: (name: Step, atOnce: number) => Promise<boolean>;
  readonly #isBusy: () => boolean;
  readonly #quietMs: () => number;
  readonly #clock: Clock;
  readonly #log: Log;
  #timer: TimerHandle | undefined;
  #at = 0;
  #mergedAt = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(parts: {
    /** True when there is more. */
    readonly write: (name: Step, atOnce: number) => Promise<boolean>;
    /** Somebody does mass work. */
    readonly isBusy?: () => boolean;
    /** For how long nobody asked anything of the writer. */
    readonly quietMs?: () => number;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#write = parts.write;
    this.#isBusy = parts.isBusy ?? (() => false);
    this.#quietMs = parts.quietMs ?? (() => Number.POSITIVE_INFINITY);
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
    const { name, atOnce } = steps[this.#at] ?? steps[1];
    const beganAt = this.#clock.monotonic();
    try {
      const hasMore = await this.#write(name, atOnce);
      const tookMs = this.#clock.monotonic() - beganAt;
      if (hasMore && name === 'mergeIndex') this.#mergedAt = this.#clock.monotonic();
      const before = this.#at;
      if (!hasMore) this.#at = name === 'indexEverything' || name === 'mergeIndex' || this.#isMergedLately() ? 1 : 2;
      const beside = this.#quietMs() < quietAfterMs ? tookMs * restPerWork : 0;
      const between = this.#isBusy() ? rests.whileBusy : Math.max(rests.between, beside);
      this.#after(hasMore || this.#at > before ? between : rests.whenDone);
    } catch (error) {
      if (!this.#isStopped) this.#log.warn('store:searchNotIndexed', { error: String(error) });
      this.#after(rests.afterFailure);
    }
  }

  #isMergedLately(): boolean {
    return this.#clock.monotonic() - this.#mergedAt < rests.afterMerging;
  }
}
