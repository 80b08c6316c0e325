import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, daysAhead, daysUntil, yearOfNext } from '../../../../cti-bridge/crm/index.ts';

const at = (year: number, month: number, day: number, hour = 15) => new Date(year, month - 1, day, hour).getTime();

describe('a day to remember', () => {
  it.each<[string, number, number, number]>([
    ['11-20', at(2026, 11, 20, 23), 0, 2026],
    ['11-21', at(2026, 11, 20, 0), 1, 2026],
    ['11-19', at(2026, 11, 20), 364, 2027],
    ['01-02', at(2026, 12, 30), 3, 2027],
    ['02-29', at(2028, 2, 27), 2, 2028],
    ['02-29', at(2027, 2, 27), 2, 2027],
    ['02-29', at(2027, 3, 1), 0, 2027],
    ['02-29', at(2027, 3, 2), 364, 2028],
    ['03-01', at(2028, 2, 29), 1, 2028],
  ])('%s is in so many days', (day, now, inDays, year) => {
    expect(daysUntil(day, now)).toBe(inDays);
    expect(yearOfNext(day, now)).toBe(year);
  });

  it('is among the days ahead exactly when it comes within them', () => {
    const moment = fc.date({ min: new Date(2024, 0, 1), max: new Date(2033, 0, 1), noInvalidDate: true }).map((date) => date.getTime());
    const anyDay = fc.integer({ min: 0, max: 365 }).map((index) => dayOf(new Date(2024, 0, 1 + index).getTime()));
    fc.assert(
      fc.property(anyDay, moment, fc.integer({ min: 0, max: 364 }), (day, now, count) => {
        expect(daysAhead(now, count).includes(day)).toBe(daysUntil(day, now) <= count);
      }),
      { numRuns: 500 },
    );
  });
});
