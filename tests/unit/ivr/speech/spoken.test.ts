import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fragmentNames, type SpokenAs, spoken } from '../../../../cti-bridge/ivr/speech/index.ts';
import { fragments } from '../../../../tools/make-assets/fragments.ts';
import { chineseInWords, englishInWords } from './written-out.ts';

/** What is heard, as the texts of the fragments would be read. */
function heard(value: string, as: SpokenAs, locale: 'en' | 'zh', currency?: string, today?: string): string {
  const texts = spoken(value, as, locale, currency, today).map((name) => fragments[locale][name]?.text ?? `[${name} has no text]`);
  return texts.join(locale === 'en' ? ' ' : '');
}

describe('every fragment that can be named', () => {
  it.each(['en', 'zh'] as const)('has a text to be made from, and no text is left over (%s)', (locale) => {
    expect(Object.keys(fragments[locale]).toSorted()).toEqual([...fragmentNames(locale)].toSorted());
  });

  it('is listed, whatever text comes in', () => {
    const values = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer().map(String),
      fc.double().map(String),
      fc.bigInt().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.stringMatching(/^[-+]?[0-9,]{0,9}\.?[0-9]{0,4}$/),
    );
    const ways = fc.constantFrom<SpokenAs>('digits', 'number', 'money', 'date', 'time', 'duration');
    const currencies = fc.constantFrom('CNY', 'USD', 'EUR', 'GBP', 'XXX', undefined);
    fc.assert(
      fc.property(values, ways, fc.constantFrom('en' as const, 'zh' as const), currencies, (value, as, locale, currency) => {
        const known = new Set(fragmentNames(locale));
        const names = spoken(value, as, locale, currency, '2026-11-22');
        expect(names.filter((name) => !known.has(name))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('numbers', () => {
  it('are said as they are written out', () => {
    const numbers = fc.oneof(
      fc.integer({ min: 0, max: 999_999_999 }),
      fc.integer({ min: 0, max: 11_000 }),
      // Many zeros, where the languages differ most.
      fc
        .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 120 }))
        .map(([head, zeros, rest]) => head * 10 ** zeros + rest),
    );
    fc.assert(
      fc.property(numbers, (number) => {
        expect(heard(String(number), 'number', 'en').replace(/\d+/g, (digits) => englishInWords(Number(digits)))).toBe(
          englishInWords(number),
        );
        expect(heard(String(number), 'number', 'zh')).toBe(chineseInWords(number));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['0', '0', '零'],
    ['105', '1 hundred and 5', '一百零五'],
    ['110', '1 hundred and 10', '一百一十'],
    ['200', '2 hundred', '两百'],
    ['1,234', '1 thousand 2 hundred and 34', '一千两百三十四'],
    ['10002', '10 thousand and 2', '一万零二'],
    ['120000', '1 hundred and 20 thousand', '十二万'],
    ['-12.50', 'minus 12 point 5', '负十二点五'],
    ['0.05', '0 point 0 5', '零点零五'],
    [
      '999999999999',
      '9 hundred and 99 billion 9 hundred and 99 million 9 hundred and 99 thousand 9 hundred and 99',
      '九千九百九十九亿九千九百九十九万九千九百九十九',
    ],
    ['-0', '0', '零'],
  ])('such as %s', (value, en, zh) => {
    expect([heard(value, 'number', 'en'), heard(value, 'number', 'zh')]).toEqual([en, zh]);
  });
});

describe('money', () => {
  it.each([
    ['105.03', 'GBP', '1 hundred and 5 pounds and 3 pence', '一百零五英镑三便士'],
    ['105.30', 'CNY', '1 hundred and 5 yuan and 30 fen', '一百零五元三角'],
    ['105.03', 'CNY', '1 hundred and 5 yuan and 3 fen', '一百零五元零三分'],
    ['2.22', 'CNY', '2 yuan and 22 fen', '两元两角两分'],
    ['1.01', 'USD', '1 dollar and 1 cent', '一美元一美分'],
    ['0.20', 'EUR', '20 cents', '二十欧分'],
    ['0', 'CNY', '0 yuan', '零元'],
    ['-12.5', 'EUR', 'minus 12 euros and 50 cents', '负十二欧元五十欧分'],
    ['19.999', 'USD', '20 dollars', '二十美元'],
    ['-0.004', 'USD', '0 dollars', '零美元'],
    ['12.5', 'JPY', '12 point 5', '十二点五'],
  ])('%s %s', (value, currency, en, zh) => {
    expect([heard(value, 'money', 'en', currency), heard(value, 'money', 'zh', currency)]).toEqual([en, zh]);
  });

  it('composes as it is written out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }), (units, hundredths) => {
        const value = `${units}.${String(hundredths).padStart(2, '0')}`;
        const [dollars, cents] = [units === 1 ? 'dollar' : 'dollars', hundredths === 1 ? 'cent' : 'cents'];
        const whole = `${englishInWords(units)} ${dollars}`;
        const rest = `${englishInWords(hundredths)} ${cents}`;
        const english = hundredths === 0 ? whole : units === 0 ? rest : `${whole} and ${rest}`;
        expect(heard(value, 'money', 'en', 'USD').replace(/\d+/g, (digits) => englishInWords(Number(digits)))).toBe(english);
        const count = (number: number) => (number === 2 ? '两' : chineseInWords(number));
        const [jiao, fen] = [Math.floor(hundredths / 10), hundredths % 10];
        let chinese = units > 0 || hundredths === 0 ? `${count(units)}元` : '';
        if (jiao > 0) chinese += `${count(jiao)}角`;
        else if (fen > 0 && units > 0) chinese += '零';
        if (fen > 0) chinese += `${count(fen)}分`;
        expect(heard(value, 'money', 'zh', 'CNY')).toBe(chinese);
      }),
      { numRuns: 300 },
    );
  });
});

describe('days', () => {
  it.each([
    ['2026-11-22', '2026-01-01', 'the twenty-second of November', '十一月二十二日'],
    ['2026-11-22T09:30:00Z', undefined, 'the twenty-second of November', '十一月二十二日'],
    ['2027-01-01', '2026-11-22', 'the first of January 20 27', '二零二七年一月一日'],
    ['2005-02-28', '2026-11-22', 'the twenty-eighth of February 2 thousand and 5', '二零零五年二月二十八日'],
    ['1905-02-28', '2026-11-22', 'the twenty-eighth of February 19 oh 5', '一九零五年二月二十八日'],
    ['1900-12-31', '2026-11-22', 'the thirty-first of December 19 hundred', '一九零零年十二月三十一日'],
    ['2026-02-29', undefined, '2 0 2 6 0 2 2 9', '二零二六零二二九'],
  ])('%s', (value, today, en, zh) => {
    expect([heard(value, 'date', 'en', undefined, today), heard(value, 'date', 'zh', undefined, today)]).toEqual([en, zh]);
  });

  it('are said for every day of the calendar', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
        const written = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).formatToParts(date);
        const month = written.find(({ type }) => type === 'month')?.value;
        const day = date.getUTCDate();
        const english = heard(date.toISOString(), 'date', 'en');
        expect(english).toMatch(new RegExp(`^the [a-z-]+ of ${month}$`));
        expect(spoken(date.toISOString(), 'date', 'en')[0]).toBe(`day-${day}`);
        expect(heard(date.toISOString(), 'date', 'zh')).toBe(`${chineseInWords(date.getUTCMonth() + 1)}月${chineseInWords(day)}日`);
      }),
    );
  });
});

describe('times', () => {
  it.each([
    ['09:30', '9 30 A M', '上午九点半'],
    ['00:00', 'midnight', '凌晨零点'],
    ['12:00', 'twelve noon', '中午十二点'],
    ['00:05', '12 oh 5 A M', '凌晨零点零五分'],
    ['14:15', '2 15 P M', '下午两点十五分'],
    ['18:00', '6 P M', '晚上六点'],
    ['2026-11-22T08:00', '8 A M', '上午八点'],
    ['24:00', '2 4 0 0', '二四零零'],
  ])('%s', (value, en, zh) => {
    expect([heard(value, 'time', 'en'), heard(value, 'time', 'zh')]).toEqual([en, zh]);
  });
});

describe('lengths of time', () => {
  it.each([
    ['0', '0 seconds', '零秒'],
    ['1', '1 second', '一秒'],
    ['120', '2 minutes', '两分钟'],
    ['3905', '1 hour 5 minutes and 5 seconds', '一小时五分钟五秒'],
    ['3900.4', '1 hour and 5 minutes', '一小时五分钟'],
    ['-5', '5', '五'],
  ])('%s', (value, en, zh) => {
    expect([heard(value, 'duration', 'en'), heard(value, 'duration', 'zh')]).toEqual([en, zh]);
  });
});

describe('what is spelled', () => {
  it.each([
    ['10086', '1 0 0 8 6', '幺零零八六'],
    ['C-1042', 'C 1 0 4 2', 'C幺零四二'],
    ['＋86 *9#', 'plus 8 6 star 9 hash', '加八六星号九井号'],
    ['  ', '', ''],
    ['\u0000<script>', 'S C R I P T', 'SCRIPT'],
  ])('%j', (value, en, zh) => {
    expect([heard(value, 'digits', 'en'), heard(value, 'digits', 'zh')]).toEqual([en, zh]);
  });

  it('is what is not what it should be, however it was asked for', () => {
    for (const as of ['number', 'money', 'date', 'time', 'duration'] as const) expect(heard('12a', as, 'en', 'CNY')).toBe('1 2 A');
    expect(heard('1000000000000', 'number', 'en')).toBe('1 0 0 0 0 0 0 0 0 0 0 0 0');
  });

  it('ends after 64 characters, and takes no time over a long text', () => {
    const started = performance.now();
    for (const as of ['digits', 'number', 'money', 'date', 'time', 'duration'] as const) {
      expect(spoken('1'.repeat(100_000), as, 'en', 'USD')).toHaveLength(64);
      expect(spoken(`${'1,'.repeat(50_000)}`, as, 'zh', 'USD').length).toBeLessThanOrEqual(64);
    }
    expect(performance.now() - started).toBeLessThan(100);
  });
});
