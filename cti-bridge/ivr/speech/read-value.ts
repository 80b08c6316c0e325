/** A number as it is written: its sign, the whole part, and the digits after the point without zeros at the end. */
export interface Decimal {
  readonly isNegative: boolean;
  /** At most `highestWhole`. */
  readonly whole: number;
  readonly decimals: string;
}

/** An amount of money in whole units and hundredths. */
export interface Amount {
  readonly isNegative: boolean;
  readonly units: number;
  readonly hundredths: number;
}

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

export const currencies = ['CNY', 'USD', 'EUR', 'GBP'] as const;
export type Currency = (typeof currencies)[number];

/** There are no fragments for more; it is spelled. */
export const highestWhole = 999_999_999_999;
const longestSpelled = 64;
const longestRead = 64;

/** Null: not a number, or one too large to be said. */
export function readDecimal(text: string): Decimal | null {
  if (text.length > longestRead) return null;
  const match = /^([+\-−]?)(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d+))?$/.exec(text);
  const [, sign = '', whole, decimals = ''] = match ?? [];
  if (!match || (whole === undefined && decimals === '')) return null;
  const value = Number((whole ?? '0').replaceAll(',', ''));
  if (value > highestWhole) return null;
  const kept = decimals.replace(/0+$/, '');
  return { isNegative: sign !== '' && sign !== '+' && (value > 0 || kept !== ''), whole: value, decimals: kept };
}

/** Rounded half away from zero; null where that is too large to be said. */
export function readAmount({ isNegative, whole, decimals }: Decimal): Amount | null {
  const padded = `${decimals}000`;
  const hundredths = Number(padded.slice(0, 2)) + (Number(padded[2]) >= 5 ? 1 : 0);
  const units = hundredths === 100 ? whole + 1 : whole;
  if (units > highestWhole) return null;
  const rest = hundredths % 100;
  return { isNegative: isNegative && units + rest > 0, units, hundredths: rest };
}

/** A day of the calendar between 1000 and 9999, alone or before a time. */
export function readDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].{0,40})?$/.exec(text);
  if (!match) return null;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : null;
}

/** The hour and minute of a clock of 24 hours, alone or after a day. Seconds are not said. */
export function readTime(text: string): TimeOfDay | null {
  const match = /^(?:\d{4}-\d{2}-\d{2}[T ])?(\d{1,2}):(\d{2})(?:[:.+\-Z].{0,20})?$/.exec(text);
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour < 24 && minute < 60 ? { hour, minute } : null;
}

/** A length of time in seconds, rounded; null for what is none. */
export function readSeconds(text: string): number | null {
  const decimal = readDecimal(text);
  if (!decimal || decimal.isNegative) return null;
  return decimal.whole + (decimal.decimals !== '' && Number(decimal.decimals[0]) >= 5 ? 1 : 0);
}

/** What of a text can be spelled: small letters, digits, `*`, `#`, `+`. */
export function characters(text: string): readonly string[] {
  return [...text.toLowerCase().slice(0, longestSpelled)].filter((character) => /^[0-9a-z*#+]$/.test(character));
}
