import * as chinese from './chinese.ts';
import * as english from './english.ts';
import { type Currency, characters, currencies, readAmount, readDay, readDecimal, readSeconds, readTime } from './read-value.ts';

export type SpeechLocale = 'en' | 'zh';
export type SpokenAs = 'digits' | 'number' | 'money' | 'date' | 'time' | 'duration';

const languages = { en: english, zh: chinese };

/**
 * The fragments that say a value, in their order; none for an empty text.
 *
 * - `digits`: character by character: digits, letters, `*`, `#`, `+` and what stands for minus in a number; others are left out. A Chinese
 *   one is 幺, as telephone numbers are read.
 * - `number`: up to 999,999,999,999 with decimals (`-12.50`, `1,234`).
 * - `money`: an amount in `currency` (CNY, USD, EUR, GBP), rounded to its hundredth; without one that is known, a number.
 * - `date`: `2026-11-22`. The year is said where `today` is given and lies in another.
 * - `time`: `09:30`, on a clock of twelve hours: "nine thirty a.m.", 上午九点半.
 * - `duration`: seconds, rounded; "one hour and five minutes".
 *
 * What is none of these is spelled as digits, however it was asked for. At most 64 characters of it.
 */
export function spoken(value: string, as: SpokenAs, locale: SpeechLocale, currency?: string, today?: string): readonly string[] {
  const text = value.normalize('NFKC').trim();
  const say = languages[locale];
  switch (as) {
    case 'digits':
      break;
    case 'number': {
      const decimal = readDecimal(text);
      if (decimal) return say.sayDecimal(decimal);
      break;
    }
    case 'money': {
      const decimal = readDecimal(text);
      if (decimal && !isCurrency(currency)) return say.sayDecimal(decimal);
      const amount = decimal && readAmount(decimal);
      if (amount && isCurrency(currency)) return say.sayMoney(amount, currency);
      break;
    }
    case 'date': {
      const day = readDay(text);
      const todays = today === undefined ? null : readDay(today);
      if (day) return say.sayDate(day, todays !== null && todays.year !== day.year);
      break;
    }
    case 'time': {
      const time = readTime(text);
      if (time) return say.sayTime(time);
      break;
    }
    case 'duration': {
      const seconds = readSeconds(text);
      if (seconds !== null) return say.sayDuration(seconds);
      break;
    }
  }
  return characters(text).map((character) => (/[a-z]/.test(character) ? `letter-${character}` : say.sayCharacter(character)));
}

const isCurrency = (text: string | undefined): text is Currency => currencies.some((currency) => currency === text);
