import { momentOf } from '../../acd/index.ts';
import type { IvrTraces, TraceRepository } from '../../ivr/index.ts';
import type { Log } from '../../kernel/index.ts';
import { wallClock } from './current-facts.ts';

/** Keeps the ways of callers, one node after another. What the disk does not take is lost, and said: no caller waits for it. */
export function storedTraces(parts: {
  readonly repository: Pick<TraceRepository, 'note'>;
  /** Of the organisation: on whose clock a day begins. */
  readonly timeZone: () => string;
  readonly log: Log;
}): IvrTraces {
  const { repository, timeZone, log } = parts;
  return {
    note(passed) {
      const zone = timeZone();
      const day = momentOf(zone, wallClock(zone, passed.at).date, '00:00');
      repository
        .note({ ...passed, day })
        .catch((error: unknown) => log.error('ivr:traceNotStored', { interactionId: passed.interactionId, error: String(error) }));
    },
  };
}
