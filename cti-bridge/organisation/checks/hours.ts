import { weekdays } from '../../../shared/contracts/configuration.ts';
import type { Check, Report } from '../draft.ts';

interface Span {
  readonly from: string;
  readonly to: string;
}

/** Time zones that exist, days that exist, and spans that follow each other. */
export const checkHours: Check = ({ organisation, hours }, report) => {
  if (organisation && !isTimeZone(organisation.timeZone)) report('organisation/timeZone', organisation.timeZone, zone);
  for (const { id, timeZone, weekly, holidays } of hours) {
    if (!isTimeZone(timeZone)) report(`hours/${id}/timeZone`, timeZone, zone);
    for (const day of weekdays) checkSpans(weekly[day] ?? [], `hours/${id}/weekly/${day}`, report);
    const dates = new Set<string>();
    for (const [index, { date, spans }] of holidays.entries()) {
      const path = `hours/${id}/holidays/${index}`;
      if (!isDay(date)) report(`${path}/date`, date, 'a day that exists, such as 2026-10-01');
      if (dates.has(date)) report(`${path}/date`, `${date} once more`, 'each day once');
      dates.add(date);
      checkSpans(spans, `${path}/spans`, report);
    }
  }
};

const zone = 'a time zone by its IANA name, such as Asia/Shanghai or Europe/London';

function checkSpans(spans: readonly Span[], path: string, report: Report): void {
  for (const [index, { from, to }] of spans.entries()) {
    if (from >= to) report(`${path}/${index}`, `${from} to ${to}`, 'an end after the beginning; what goes past midnight is two spans');
  }
  const inOrder = spans.map((span, index) => ({ ...span, index })).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  for (const [place, span] of inOrder.entries()) {
    const earlier = inOrder[place - 1];
    if (earlier && span.from < earlier.to)
      report(`${path}/${span.index}`, `${span.from} to ${span.to} within ${earlier.from} to ${earlier.to}`, 'spans that do not overlap');
  }
}

const judgedZones = new Map<string, boolean>();

/** An offset such as +08:00 is no zone: it knows no summer time. */
function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Za-z_]+\/[A-Za-z0-9_+\-/]+$/.test(name)) return false;
  const known = judgedZones.get(name);
  if (known !== undefined) return known;
  let isKnown = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    isKnown = false;
  }
  if (judgedZones.size > 1_000) judgedZones.clear();
  judgedZones.set(name, isKnown);
  return isKnown;
}

function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const there = new Date(Date.UTC(year, month - 1, day));
  return there.getUTCFullYear() === year && there.getUTCMonth() === month - 1 && there.getUTCDate() === day;
}
