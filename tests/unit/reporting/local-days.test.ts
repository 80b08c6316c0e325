import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalDays } from '../../../cti-bridge/reporting/index.ts';
import { hours } from '../../../shared/duration.ts';

const zones = [
  'Asia/Shanghai',
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Havana',
  'Asia/Beirut',
];

describe('the days of a time zone', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-23T04:00Z', '2026-11-22T16:00Z', 24],
    ['Europe/London', '2026-03-29T12:00Z', '2026-03-29T00:00Z', 23],
    ['Europe/London', '2026-10-25T12:00Z', '2026-10-24T23:00Z', 25],
    ['Australia/Lord_Howe', '2026-04-05T00:00Z', '2026-04-04T13:00Z', 24.5],
    // Its clocks skip midnight in spring: the day starts at 01:00.
    ['Asia/Beirut', '2026-03-29T09:00Z', '2026-03-28T22:00Z', 23],
  ])('in %s the day of %s starts at %s and has %d hours', (zone, at, startsAt, length) => {
    const day = new LocalDays(zone).dayOf(Date.parse(at));
    expect(new Date(day.startsAt).toISOString()).toBe(new Date(startsAt).toISOString());
    expect((day.endsAt - day.startsAt) / hours(1)).toBe(length);
  });

  it('holds every moment, and days follow each other without a gap', () => {
    const years = { min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) };
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer(years), (zone, at) => {
        const days = new LocalDays(zone);
        const day = days.dayOf(at);
        expect(day.startsAt).toBeLessThanOrEqual(at);
        expect(day.endsAt).toBeGreaterThan(at);
        expect(days.dayOf(day.endsAt).startsAt).toBe(day.endsAt);
        expect(days.dayOf(day.startsAt - 1).endsAt).toBe(day.startsAt);
      }),
      { numRuns: 60 },
    );
  });
});
