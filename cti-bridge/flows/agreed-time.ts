import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { TimeDoubt } from '../../shared/contracts/scheduled-callbacks.ts';
import { wallClock } from './ivr/current-facts.ts';
import { isOpenNow } from './opening-hours.ts';

export interface AgreedTime {
  /** Epoch ms. */
  readonly at: number;
  readonly queueId: string;
  /** When the customer wants to be called, as `09:00`; null: they said nothing. */
  readonly prefers: { readonly prefersFrom: string | null; readonly prefersUntil: string | null } | null;
}

/** What speaks against calling somebody at that time, on the clock of the organisation. */
export function doubtsAbout({ at, queueId, prefers }: AgreedTime, configuration: Configuration): readonly TimeDoubt[] {
  const { time } = wallClock(configuration.organisation.timeZone, at);
  return [
    ...(isOpenNow(configuration, queueId, at) ? [] : ['queueClosed' as const]),
    ...(isWithin(time, prefers?.prefersFrom ?? null, prefers?.prefersUntil ?? null) ? [] : ['notPreferred' as const]),
  ];
}

/** Hours may go over midnight: from 20:00 to 02:00. */
function isWithin(time: string, from: string | null, until: string | null): boolean {
  if (from !== null && until !== null && from > until) return time >= from || time < until;
  return (from === null || time >= from) && (until === null || time < until);
}
