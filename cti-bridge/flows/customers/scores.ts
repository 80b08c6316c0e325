import { type CustomerScores, defaultCustomerScores } from '../../../shared/contracts/customer-scores.ts';
import { seconds } from '../../../shared/duration.ts';
import type { ScoreUpkeep } from '../../crm/index.ts';
import type { Clock, Log, Scope } from '../../kernel/index.ts';

/** Few at a time: while they are computed, nothing else is written. */
const sliceSize = 5;
const alignedAtOnce = 100;
/** The writer is left alone for nine parts in ten of the time. */
const restPerWork = 9;
const leastRestMs = 20;
const idleMs = seconds(5);
const failedMs = seconds(60);

export interface ScoreUpkeepParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly scores: ScoreUpkeep;
  readonly settings: () => CustomerScores | undefined;
  /** Its end ends the upkeep. */
  readonly scope: Scope;
}

/**
 * Keeps the scores true in the background: what was written, what time has changed, and everything once the settings are others. Goes on after
 * a failure; what was due stays due.
 */
export function keepScores({ clock, log, scores, settings, scope }: ScoreUpkeepParts): void {
  /** The settings by which all scores are known to be. */
  let aligned: CustomerScores | undefined;

  /** One slice; true when there is more to do. */
  async function work(): Promise<boolean> {
    const now = clock.now();
    const wanted = settings() ?? defaultCustomerScores;
    if (aligned !== wanted && (await scores.align(wanted, now, alignedAtOnce))) aligned = wanted;
    if (!(await scores.areDue(now))) return aligned !== wanted;
    const { isMore } = await scores.recompute(wanted, now, sliceSize);
    return isMore || aligned !== wanted;
  }

  function next(delayMs: number): void {
    scope.timer(delayMs, () => scope.run(slice));
  }

  async function slice(): Promise<void> {
    const began = clock.monotonic();
    try {
      const isMore = await work();
      next(isMore ? Math.max(leastRestMs, (clock.monotonic() - began) * restPerWork) : idleMs);
    } catch (error) {
      if (scope.isEnded) return;
      log.error('scores:failed', { error: String(error) });
      next(failedMs);
    }
  }

  next(idleMs);
}
