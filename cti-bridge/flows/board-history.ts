import { hours } from '../../shared/duration.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { withTimeLimit } from '../kernel/index.ts';
import type { EventHistory, Report } from '../reporting/index.ts';

const pageSize = 2_000;
/** A day of a large center is read in a second or two; the calls do not wait for a disk that is slower. */
const limitMs = 15_000;

/**
 * At a start: what happened today before it, folded as if it had been heard live. Do this before anything new is recorded. What cannot be
 * read in time is left out, and the log says so.
 */
export async function readTheDay(
  report: Pick<Report, 'startOfDay' | 'fold'>,
  history: EventHistory,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<number> {
  const now = clock.now();
  // The trend looks back four hours, also a moment after midnight.
  const since = Math.min(report.startOfDay(now), now - hours(4) - hours(1));
  let isLate = false;
  let events = 0;
  const reading = (async () => {
    for (let from: number | null = null; ; ) {
      const page = await history.readEventsSince(since, from, pageSize);
      if (isLate) return;
      for (const event of page.events) report.fold(event);
      events += page.events.length;
      if (page.next === null) return;
      from = page.next;
    }
  })();
  await withTimeLimit(clock, limitMs, "reading the day's events", reading).catch((error: unknown) => {
    isLate = true;
    log.warn('board:dayIncomplete', { events, error: String(error) });
  });
  return events;
}
