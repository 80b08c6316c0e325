import { type OpeningHours, weekdays } from '../../../shared/contracts/configuration.ts';

/**
 * When a queue is open, on the clock on the wall of its own time zone: it is open at every moment at which that clock shows a time inside a
 * span of that day. So a span is an hour shorter in the night the clocks go forward, and what lies in the hour that comes twice is open
 * twice. A span ends before its `to`; `24:00` is the end of the day; a holiday takes the place of its weekday.
 */
export function isOpenAt(hours: OpeningHours, at: number): boolean {
  const shown = at + offsetAt(hours.timeZone, at);
  const midnight = dayOf(shown);
  return spansOf(hours, midnight).some(({ from, to }) => shown - midnight >= from && shown - midnight < to);
}

/** The first moment after `at` at which it opens or closes; null when that never happens. */
export function nextChangeAfter(hours: OpeningHours, at: number): number | null {
  const isOpen = isOpenAt(hours, at);
  const holidays = hours.holidays.map(({ date }) => Date.parse(date)).sort((a, b) => a - b);
  let usualDays = 0;
  for (let from = at; ; ) {
    const to = from + dayMs;
    const change = boundariesWithin(hours, from, to).find((moment) => isOpenAt(hours, moment) !== isOpen);
    if (change !== undefined) return change;
    usualDays = holidays.some((holiday) => holiday > from - 2 * dayMs && holiday < to + dayMs) ? 0 : usualDays + 1;
    from = to;
    if (usualDays < 8) continue;
    // A whole usual week without a change: only a holiday can bring one.
    const next = holidays.find((holiday) => holiday > from);
    if (next === undefined) return null;
    from = Math.max(from, next - 2 * dayMs);
    usualDays = 0;
  }
}

/** The first moment at which the clock on the wall shows this day and time; where the clocks skip it, when they have. */
export function momentOf(timeZone: string, date: string, timeOfDay: string): number {
  const shown = Date.parse(date) + msOf(timeOfDay);
  const before = offsetAt(timeZone, shown - dayMs);
  return offsetAt(timeZone, shown - before) === before ? shown - before : shown - offsetAt(timeZone, shown + dayMs);
}

const dayMs = 86_400_000;

/** Every moment after `from` and up to `to` at which a span or a day begins or ends, or the clock is set. Some may be neither: no harm. */
function boundariesWithin(hours: OpeningHours, from: number, to: number): number[] {
  const before = offsetAt(hours.timeZone, from);
  const after = offsetAt(hours.timeZone, to);
  const moments = before === after ? [] : [changeOfOffset(hours.timeZone, from, to)];
  for (let midnight = dayOf(from + Math.min(before, after)); midnight <= to + Math.max(before, after); midnight += dayMs) {
    for (const offset of before === after ? [before] : [before, after]) {
      moments.push(midnight - offset);
      for (const span of spansOf(hours, midnight)) moments.push(midnight + span.from - offset, midnight + span.to - offset);
    }
  }
  return moments.filter((moment) => moment > from && moment <= to).sort((a, b) => a - b);
}

/** The spans of one day, ms from its midnight. `midnight`: the date as if it were UTC, as everywhere here. */
function spansOf(hours: OpeningHours, midnight: number): readonly { readonly from: number; readonly to: number }[] {
  const day = new Date(midnight);
  const date = day.toISOString().slice(0, 10);
  const holiday = hours.holidays.find((one) => one.date === date);
  const weekday = weekdays[(day.getUTCDay() + 6) % 7];
  const spans = holiday?.spans ?? (weekday && hours.weekly[weekday]) ?? [];
  return spans.map((span) => ({ from: msOf(span.from), to: msOf(span.to) }));
}

function msOf(timeOfDay: string): number {
  return (Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3))) * 60_000;
}

function dayOf(shown: number): number {
  return Math.floor(shown / dayMs) * dayMs;
}

/** The moment between the two at which the clock was set. */
function changeOfOffset(timeZone: string, from: number, to: number): number {
  const before = offsetAt(timeZone, from);
  let [same, other] = [from, to];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(timeZone, middle) === before) same = middle;
    else other = middle;
  }
  return other;
}

/** How far the clock on the wall is ahead of UTC, ms. Throws for a time zone that does not exist. */
function offsetAt(timeZone: string, at: number): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

/** Making a format costs a thousand times using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
