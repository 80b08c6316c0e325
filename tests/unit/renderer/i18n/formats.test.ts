import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Formats, formatsOf } from '../../../../renderer/i18n/index.ts';
import { formatNumber } from '../../../../shared/phone-number.ts';

const formats = { en: formatsOf('en'), zh: formatsOf('zh') };
const at = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0) =>
  new Date(year, month - 1, day, hour, minute, second).getTime();
const now = at(2026, 11, 19, 10, 42, 6);
const lastYear = at(2025, 3, 4, 17, 5);
const minute = 60_000;
/** A space across which no line is broken, written so that it can be seen. */
const seen = (text: string) => text.replaceAll('\u00a0', '~');

/** What a screen writes, by what it is: [how it is asked for, in English, in Chinese]. */
const table: Readonly<Record<string, readonly (readonly [(formats: Formats) => string, string, string])[]>> = {
  'a time of day': [
    [(f) => f.time(now), '10:42', '10:42'],
    [(f) => f.time(at(2026, 11, 19, 0, 5)), '00:05', '00:05'],
    [(f) => f.timeOfDay(now), '10:42:06', '10:42:06'],
  ],
  'a date': [
    [(f) => f.date(now), '19 Nov', '11-19'],
    [(f) => f.date(lastYear), '4 Mar 2025', '2025-03-04'],
    [(f) => f.longDate(now), '19 November 2026', '2026年11月19日'],
    [(f) => f.day(now), 'Thursday 19 November', '11 月 19 日 星期四'],
    [(f) => f.month(now, now), 'November', '11 月'],
    [(f) => f.month(lastYear, now), 'March 2025', '2025 年 3 月'],
    [(f) => f.monthOf('2026-10'), 'October 2026', '2026 年 10 月'],
    [(f) => f.monthMark('2026-10'), 'O', '10'],
  ],
  'a moment near and far': [
    [(f) => f.dateOrTime(at(2026, 11, 19, 8, 1), now), '08:01', '08:01'],
    [(f) => f.dateOrTime(at(2026, 11, 18, 23, 59), now), '18 Nov', '11-18'],
    [(f) => f.deadline(at(2026, 11, 19, 17), now), 'today~17:00', '今天~17:00'],
    [(f) => f.deadline(at(2026, 11, 20, 12), now), 'tomorrow~12:00', '明天~12:00'],
    [(f) => f.deadline(at(2026, 11, 25, 12), now), '25 Nov', '11-25'],
  ],
  'a duration': [
    [(f) => f.clock(0), '0:00', '0:00'],
    [(f) => f.clock(6 * minute + 42_999), '6:42', '6:42'],
    [(f) => f.clock(3_661_000), '1:01:01', '1:01:01'],
    [(f) => f.span(12_000), '12~s', '12~秒'],
    [(f) => f.span(4 * minute + 12_000), '4~min~12~s', '4~分~12~秒'],
    [(f) => f.span(125 * minute), '2~h~5~min', '2~小时~5~分'],
    [(f) => f.span(120 * minute), '2~h', '2~小时'],
    [(f) => f.seconds(320), '0.3', '0.3'],
    [(f) => f.seconds(12_400), '12', '12'],
  ],
  'a number': [
    [(f) => f.number(1_284_000), '1,284,000', '1,284,000'],
    [(f) => f.number(-3), '-3', '-3'],
    [(f) => f.decimal(0.25), '0.3', '0.3'],
    [(f) => f.short(2_100), '2.1k', '2100'],
    [(f) => f.short(84_000), '84k', '8.4~万'],
    [(f) => f.short(1_200_000_000), '1.2bn', '12~亿'],
    [(f) => f.change(8), '+8%', '+8%'],
    [(f) => f.change(-3.4), '−3%', '−3%'],
  ],
  money: [
    [(f) => f.money(128_400, 'GBP'), '£1,284', '£1,284'],
    [(f) => f.money(128_450, 'CNY'), '¥1,284.50', '¥1,284.50'],
    [(f) => f.money(-99, 'EUR'), '-€0.99', '-€0.99'],
  ],
  'the size of a file': [
    [(f) => f.size(0), '0~B', '0~B'],
    [(f) => f.size(980), '980~B', '980~B'],
    [(f) => f.size(84_400), '84~kB', '84~kB'],
    [(f) => f.size(999_600), '1.0~MB', '1.0~MB'],
    [(f) => f.size(12_400_000), '12.4~MB', '12.4~MB'],
  ],
  'a country and things in a row': [
    [(f) => f.country('GB'), 'United Kingdom', '英国'],
    [(f) => f.pair('Lena Hartmann', '19 Nov'), 'Lena Hartmann, 19 Nov', 'Lena Hartmann，19 Nov'],
    [(f) => f.listed(['Lena', 'Tom']), 'Lena, Tom', 'Lena、Tom'],
  ],
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }));
afterEach(() => void vi.useRealTimers());

describe.each(Object.entries(table))('%s', (_what, rows) => {
  it('is written as each language writes it', () => {
    expect(rows.map(([write]) => [seen(write(formats.en)), seen(write(formats.zh))])).toEqual(rows.map(([, en, zh]) => [en, zh]));
  });
});

describe('a telephone number', () => {
  it.each([
    ['+447700900142', 'GB', '07700 900142'],
    ['+447700900142', 'CN', '+44 7700 900142'],
    ['+8613800138000', 'CN', '138 0013 8000'],
    ['+8613800138000', 'GB', '+86 138 0013 8000'],
    ['6013', 'GB', '6013'],
    ['+1', 'GB', '+1'],
  ])('%s is written in %s as %s', (number, country, written) => {
    expect(formatNumber(number, country)).toBe(written);
  });
});
