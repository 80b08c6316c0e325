import { hours } from '../../shared/duration.ts';

export interface LocalDay {
  readonly startsAt: number;
  /** The next day's start. */
  readonly endsAt: number;
}

/** No local day is longer: the longest have an hour more, when the clocks go back. */
const longestDay = hours(26);

/**
 * The days of one time zone (IANA name), from midnight to midnight on its own clock. A day has 23 or 25 hours when the clocks change, and
 * starts later than 00:00 where they skip midnight: its start is the first moment that bears its date.
 */
export class LocalDays {
  readonly #date: Intl.DateTimeFormat;
  #last: LocalDay = { startsAt: 0, endsAt: 0 };

  constructor(timeZone: string) {
    this.#date = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  }

  dayOf(at: number): LocalDay {
    if (at < this.#last.startsAt || at >= this.#last.endsAt) this.#last = this.#find(at);
    return this.#last;
  }

  #find(at: number): LocalDay {
    const date = this.#date.format(at);
    const isThatDay = (moment: number) => this.#date.format(moment) === date;
    return {
      startsAt: firstWhere(at - longestDay, at, isThatDay),
      endsAt: firstWhere(at, at + longestDay, (moment) => !isThatDay(moment)),
    };
  }
}

/** The first whole ms in (`before`, `until`] that holds; it holds at `until` and from its first moment on. */
function firstWhere(before: number, until: number, holds: (moment: number) => boolean): number {
  let no = Math.floor(before);
  let yes = Math.ceil(until);
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
