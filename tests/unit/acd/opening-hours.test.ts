import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpenAt, momentOf, nextChangeAfter } from '../../../cti-bridge/acd/queues/opening-hours.ts';
import { type OpeningHours, weekdays } from '../../../shared/contracts/configuration.ts';

type Spans = OpeningHours['holidays'][number]['spans'];

const name = { en: 'Hours', zh: '营业时间' };
const hours = (timeZone: string, weekly: OpeningHours['weekly'], holidays: Readonly<Record<string, Spans>> = {}): OpeningHours => ({
  id: 'hours',
  name,
  timeZone,
  weekly,
  holidays: Object.entries(holidays).map(([date, spans]) => ({ date, name, spans })),
});
const daily = (...spans: Spans): OpeningHours['weekly'] => Object.fromEntries(weekdays.map((day) => [day, spans]));
const office = { from: '09:00', to: '17:00' };
const workdays = { mon: [office], tue: [office], wed: [office], thu: [office], fri: [office] };
const at = (iso: string) => Date.parse(iso);
const next = (of: OpeningHours, iso: string) => {
  const change = nextChangeAfter(of, at(iso));
  return change === null ? null : new Date(change).toISOString().replace('.000Z', 'Z');
};

describe('opening hours', () => {
  it('are those on the clock of their own time zone', () => {
    const shanghai = hours('Asia/Shanghai', workdays);
    expect(isOpenAt(shanghai, at('2026-03-02T00:59:59.999Z'))).toBe(false);
    expect(isOpenAt(shanghai, at('2026-03-02T01:00:00Z'))).toBe(true);
    expect(isOpenAt(shanghai, at('2026-03-02T08:59:59.999Z'))).toBe(true);
    expect(isOpenAt(shanghai, at('2026-03-02T09:00:00Z'))).toBe(false);
    expect(next(shanghai, '2026-03-02T01:00:00Z')).toBe('2026-03-02T09:00:00Z');
  });

  it('stay closed over the weekend', () => {
    expect(next(hours('Asia/Shanghai', workdays), '2026-03-06T09:00:00Z')).toBe('2026-03-09T01:00:00Z');
  });

  it('give a holiday its own hours, and none when it has none', () => {
    const open = hours('Europe/Berlin', workdays, { '2026-12-24': [{ from: '09:00', to: '12:00' }], '2026-12-25': [] });
    expect(next(open, '2026-12-24T08:30:00Z')).toBe('2026-12-24T11:00:00Z');
    expect(next(open, '2026-12-24T11:00:00Z')).toBe('2026-12-28T08:00:00Z');
  });

  it('open on a holiday although the weekday is closed', () => {
    expect(next(hours('Asia/Shanghai', {}, { '2027-02-14': [office] }), '2026-01-01T00:00:00Z')).toBe('2027-02-14T01:00:00Z');
  });

  it('look past a holiday that lasts longer than a week', () => {
    const golden = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`2026-10-${String(i + 1).padStart(2, '0')}`, []]));
    expect(next(hours('Asia/Shanghai', workdays, golden), '2026-09-30T09:00:00Z')).toBe('2026-10-21T01:00:00Z');
  });

  it('never change when they are never or always open', () => {
    expect(next(hours('UTC', {}), '2026-01-01T00:00:00Z')).toBeNull();
    expect(next(hours('America/New_York', daily({ from: '00:00', to: '24:00' })), '2026-01-01T00:00:00Z')).toBeNull();
  });

  it('run over midnight as one when a day ends at 24:00 and the next begins at 00:00', () => {
    const night = hours('UTC', { mon: [{ from: '20:00', to: '24:00' }], tue: [{ from: '00:00', to: '04:00' }] });
    expect(next(night, '2026-03-02T20:00:00Z')).toBe('2026-03-03T04:00:00Z');
  });

  it('interrupt an always open queue on the one closed holiday of the year', () => {
    const open = hours('America/New_York', daily({ from: '00:00', to: '24:00' }), { '2026-12-25': [] });
    expect(next(open, '2026-01-01T00:00:00Z')).toBe('2026-12-25T05:00:00Z');
    expect(next(open, '2026-12-25T05:00:00Z')).toBe('2026-12-26T05:00:00Z');
  });

  it('follow the clock when it is set forward: the span that begins in the missing hour begins when the hour is over', () => {
    const early = hours('Europe/Berlin', daily({ from: '02:30', to: '05:00' }));
    // 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    expect(next(early, '2026-03-29T00:00:00Z')).toBe('2026-03-29T01:00:00Z');
    expect(next(early, '2026-03-29T01:00:00Z')).toBe('2026-03-29T03:00:00Z');
  });

  it('leave out a span that lies in the missing hour', () => {
    const missing = hours('Europe/Berlin', daily({ from: '02:10', to: '02:50' }));
    expect(next(missing, '2026-03-29T00:00:00Z')).toBe('2026-03-30T00:10:00Z');
  });

  it('open twice in the hour that comes twice', () => {
    const twice = hours('Europe/Berlin', daily({ from: '02:10', to: '02:50' }));
    // 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
    expect(next(twice, '2026-10-25T00:00:00Z')).toBe('2026-10-25T00:10:00Z');
    expect(next(twice, '2026-10-25T00:10:00Z')).toBe('2026-10-25T00:50:00Z');
    expect(next(twice, '2026-10-25T00:50:00Z')).toBe('2026-10-25T01:10:00Z');
    expect(next(twice, '2026-10-25T01:10:00Z')).toBe('2026-10-25T01:50:00Z');
  });

  it('survive a day that a country left out', () => {
    // Samoa went from 29 to 31 December 2011 at midnight.
    const samoa = hours('Pacific/Apia', { fri: [office] });
    expect(next(samoa, '2011-12-29T00:00:00Z')).toBe('2012-01-05T19:00:00Z');
  });

  it('know the moment of a day and a time, also in the nights the clocks change', () => {
    const berlin = (date: string, time: string) => new Date(momentOf('Europe/Berlin', date, time)).toISOString();
    expect(berlin('2026-03-02', '08:00')).toBe('2026-03-02T07:00:00.000Z');
    expect(berlin('2026-03-29', '24:00')).toBe('2026-03-29T22:00:00.000Z');
    expect(berlin('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(berlin('2026-10-25', '03:30')).toBe('2026-10-25T02:30:00.000Z');
    expect(berlin('2026-03-29', '04:30')).toBe('2026-03-29T02:30:00.000Z');
  });

  it('change exactly where a walk minute by minute sees them change', () => {
    const zones = ['Europe/Berlin', 'America/St_Johns', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
    // Around the nights in which some of these set their clocks.
    const nights = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
    const timeOfDay = fc.integer({ min: 0, max: 1_440 });
    const spans = fc.uniqueArray(timeOfDay, { minLength: 2, maxLength: 4 }).map((ends) => {
      const sorted = ends.sort((a, b) => a - b);
      return sorted.flatMap((to, i) => (i % 2 === 1 ? [{ from: textOf(sorted[i - 1] ?? 0), to: textOf(to) }] : []));
    });
    const cases = fc.record({
      zone: fc.constantFrom(...zones),
      days: fc.array(spans, { minLength: 7, maxLength: 7 }),
      night: fc.constantFrom(...nights),
      offsetMinutes: fc.integer({ min: -1_440, max: 1_440 }),
      holiday: fc.option(spans, { nil: null }),
    });
    fc.assert(
      fc.property(cases, ({ zone, days, night, offsetMinutes, holiday }) => {
        const weekly = Object.fromEntries(weekdays.map((day, i) => [day, days[i] ?? []]));
        const drawn = hours(zone, weekly, holiday === null ? {} : { [night]: holiday });
        const start = at(`${night}T00:00:00Z`) + offsetMinutes * 60_000;
        const isOpen = shows(drawn, start);
        expect(isOpenAt(drawn, start)).toBe(isOpen);
        let walked = start;
        while (walked < start + 4 * 86_400_000 && shows(drawn, walked) === isOpen) walked += 60_000;
        expect(nextChangeAfter(drawn, start)).toBe(walked);
      }),
      { numRuns: 60 },
    );
  });
});

function textOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Reads the clock on the wall as a person would: the day, then the time as text between two texts. */
function shows(of: OpeningHours, moment: number): boolean {
  const clock =
    clocks.get(of.timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: of.timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });
  clocks.set(of.timeZone, clock);
  const [date = '', time = ''] = clock.format(moment).split(' ');
  const weekday = weekdays[(new Date(date).getUTCDay() + 6) % 7] ?? 'mon';
  const spans = of.holidays.find((holiday) => holiday.date === date)?.spans ?? of.weekly[weekday] ?? [];
  return spans.some(({ from, to }) => from <= time && time < to);
}
