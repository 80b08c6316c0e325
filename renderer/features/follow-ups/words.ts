import type { Formats } from '../../i18n/index.ts';

/** When something is owed, to the minute on any day: what is meant for the far end of a telephone is never only a date. */
export function momentOf(formats: Formats, at: number, now: number): string {
  const day = formats.deadline(at, now);
  const time = formats.time(at);
  return day.includes(time) ? day : `${day} ${time}`;
}
