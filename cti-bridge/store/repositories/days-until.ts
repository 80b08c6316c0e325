import { days } from '../../../shared/duration.ts';

/** Days from `at` to the next time the calendar shows `MM-DD` here: 0 is today. 29 February counts as 1 March in other years. */
export function daysUntil(day: string, at: number): number {
  const [month = 1, date = 1] = day.split('-').map(Number);
  const today = new Date(at);
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  for (const year of [today.getFullYear(), today.getFullYear() + 1]) {
    const next = new Date(year, month - 1, date).getTime();
    if (next >= midnight) return Math.round((next - midnight) / days(1));
  }
  return 365;
}

/** The day of a moment as `MM-DD`, by the calendar here. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
