import type { Amount, Currency, Day, Decimal, TimeOfDay } from './read-value.ts';

/**
 * Mandarin. Numbers go by groups of four digits (万, 亿) with one 零 where places are left out. Two is 两 before 百, 千, 万, 亿 and whatever is
 * counted, 二 elsewhere; ten is 十 at the head of a number and 一十 within it.
 */

const tenThousand = 10_000;
const hundredMillion = 100_000_000;

const money = {
  USD: { units: 'unit-dollar', hundredths: 'unit-dollar-cent' },
  EUR: { units: 'unit-euro', hundredths: 'unit-euro-cent' },
  GBP: { units: 'unit-pound', hundredths: 'unit-penny' },
} as const;

const spans = [
  { seconds: 3_600, name: 'unit-hour' },
  { seconds: 60, name: 'unit-minute' },
  { seconds: 1, name: 'unit-second' },
] as const;

/** 幺, so that one is not taken for seven over a telephone. */
const ofCharacter: Readonly<Record<string, string>> = { '1': 'digit-1', '*': 'say-star', '#': 'say-hash', '+': 'say-plus' };

export function sayCharacter(character: string): string {
  return ofCharacter[character] ?? `number-${character}`;
}

export function sayDecimal({ isNegative, whole, decimals }: Decimal): string[] {
  const point = decimals === '' ? [] : ['say-point', ...[...decimals].map((digit) => `number-${digit}`)];
  return [...(isNegative ? ['say-minus'] : []), ...sayWhole(whole), ...point];
}

export function sayMoney({ isNegative, units, hundredths }: Amount, currency: Currency): string[] {
  const minus = isNegative ? ['say-minus'] : [];
  if (currency === 'CNY') return [...minus, ...sayYuan(units, hundredths)];
  const names = money[currency];
  const whole = units > 0 || hundredths === 0 ? [...counted(units), names.units] : [];
  return [...minus, ...whole, ...(hundredths > 0 ? [...counted(hundredths), names.hundredths] : [])];
}

export function sayDate({ year, month, day }: Day, withYear: boolean): string[] {
  const spelled = withYear ? [...[...String(year)].map((digit) => `number-${digit}`), 'say-year'] : [];
  return [...spelled, `month-${month}`, `day-${day}`];
}

export function sayTime({ hour, minute }: TimeOfDay): string[] {
  const shown = hour > 12 ? hour - 12 : hour;
  return [partOfDay(hour), ...counted(shown), 'say-oclock', ...minutesPast(minute)];
}

export function sayDuration(seconds: number): string[] {
  const parts: string[] = [];
  let rest = seconds;
  for (const span of spans) {
    const count = Math.floor(rest / span.seconds);
    rest %= span.seconds;
    if (count > 0) parts.push(...counted(count), span.name);
  }
  return parts.length > 0 ? parts : ['number-0', 'unit-second'];
}

/** 一百零五元三角, 一元零三分. */
function sayYuan(units: number, hundredths: number): string[] {
  const [jiao, fen] = [Math.floor(hundredths / 10), hundredths % 10];
  return [
    ...(units > 0 || hundredths === 0 ? [...counted(units), 'unit-yuan'] : []),
    ...(jiao > 0 ? [...counted(jiao), 'unit-jiao'] : units > 0 && fen > 0 ? ['number-0'] : []),
    ...(fen > 0 ? [...counted(fen), 'unit-fen'] : []),
  ];
}

function partOfDay(hour: number): string {
  if (hour < 6) return 'say-small-hours';
  if (hour < 12) return 'say-morning';
  if (hour === 12) return 'say-noon';
  return hour < 18 ? 'say-afternoon' : 'say-evening';
}

function minutesPast(minute: number): string[] {
  if (minute === 0) return [];
  if (minute === 30) return ['say-half'];
  return [...(minute < 10 ? ['number-0'] : []), `number-${minute}`, 'say-minutes-past'];
}

/** Of something: two is 两, and one has the tone it has before others. */
function counted(count: number): string[] {
  if (count === 1) return ['say-one'];
  if (count === 2) return ['say-two'];
  return sayWhole(count);
}

function sayWhole(number: number): string[] {
  if (number === 0) return ['number-0'];
  const parts: string[] = [];
  const high = Math.floor(number / hundredMillion);
  const middle = Math.floor(number / tenThousand) % tenThousand;
  const low = number % tenThousand;
  if (high > 0) parts.push(...scaled(high, hundredMillion, 'say-hundred-million', true));
  if (middle > 0) {
    if (high > 0 && middle < 1_000) parts.push('number-0');
    parts.push(...scaled(middle, tenThousand, 'say-ten-thousand', high === 0));
  }
  if (low > 0) {
    if (parts.length > 0 && (low < 1_000 || middle === 0)) parts.push('number-0');
    parts.push(...belowTenThousand(low, parts.length === 0));
  }
  return parts;
}

function scaled(group: number, size: number, name: string, isHead: boolean): string[] {
  return group <= 2 ? [`number-${group * size}`] : [...belowTenThousand(group, isHead), name];
}

function belowTenThousand(number: number, isHead: boolean): string[] {
  const thousands = number - (number % 1_000);
  const hundreds = (number % 1_000) - (number % 100);
  const rest = number % 100;
  const parts: string[] = [];
  if (thousands > 0) parts.push(`number-${thousands}`);
  if (hundreds > 0) parts.push(`number-${hundreds}`);
  if (rest === 0) return parts;
  if ((thousands > 0 && hundreds === 0) || (hundreds > 0 && rest < 10)) parts.push('number-0');
  const isTenWithin = rest >= 10 && rest < 20 && (parts.length > 0 || !isHead);
  return [...parts, isTenWithin ? `say-ten-${rest}` : `number-${rest}`];
}
