import { days } from '../../../shared/duration.ts';

/** Days from `at` to the next time the calendar here shows `MM-DD`: 0 is today. 29 February counts as 1 March in other years. */
export function daysUntil(day: string, at: number): number {
  return Math.round((nextTime(day, at) - startOfDay(at, 0)) / days(1));
}

/** The year of that next time. */
export function yearOfNext(day: string, at: number): number {
  return new Date(nextTime(day, at)).getFullYear();
}

/** The days `MM-DD` that come within so many days, today first. */
export function daysAhead(at: number, count: number): readonly string[] {
  return Array.from({ length: Math.min(count, 366) + 1 }, (_, index) => new Date(startOfDay(at, index))).flatMap((date) => {
    const day = dayOf(date.getTime());
    const isLeapYear = new Date(date.getFullYear(), 1, 29).getDate() === 29;
    return day === '03-01' && !isLeapYear ? ['02-29', day] : [day];
  });
}

/** The day of a moment as `MM-DD`, by the calendar here. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

function nextTime(day: string, at: number): number {
  const [month = 1, date = 1] = day.split('-').map(Number);
  const year = new Date(at).getFullYear();
  const thisYear = new Date(year, month - 1, date).getTime();
  return thisYear >= startOfDay(at, 0) ? thisYear : new Date(year + 1, month - 1, date).getTime();
}

function startOfDay(at: number, plus: number): number {
  const today = new Date(at);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + plus).getTime();
}
