import { days } from '../../../shared/duration.ts';

/**
 * A clock that notices what it was asked. Whoever decides by it alone decides the same until `changesAt`, the first moment at which one of
 * its answers would be another; so nothing has to be computed anew every day merely because a day has passed.
 */
export class Moments {
  readonly at: number;
  #changesAt: number | null = null;

  constructor(at: number) {
    this.at = at;
  }

  get changesAt(): number | null {
    return this.#changesAt;
  }

  hasCome(moment: number): boolean {
    if (moment <= this.at) return true;
    if (this.#changesAt === null || moment < this.#changesAt) this.#changesAt = moment;
    return false;
  }

  /** Happened, and not longer ago than so many days. */
  isWithin(moment: number, dayCount: number): boolean {
    return this.hasCome(moment) && !this.hasCome(moment + days(dayCount));
  }

  /** Anniversaries since, by the calendar here. */
  wholeYearsSince(moment: number): number {
    const since = new Date(moment);
    const anniversary = (years: number) =>
      new Date(
        since.getFullYear() + years,
        since.getMonth(),
        since.getDate(),
        since.getHours(),
        since.getMinutes(),
        since.getSeconds(),
      ).getTime();
    let years = Math.max(0, new Date(this.at).getFullYear() - since.getFullYear());
    if (years > 0 && anniversary(years) > this.at) years--;
    this.hasCome(anniversary(years + 1));
    return years;
  }
}
