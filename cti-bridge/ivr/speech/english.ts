import type { Amount, Currency, Day, Decimal, TimeOfDay } from './read-value.ts';

/** English as it is said in Britain: "one hundred and five", "the twenty-second of November". */

const scales = [
  { size: 1_000_000_000, name: 'say-billion' },
  { size: 1_000_000, name: 'say-million' },
  { size: 1_000, name: 'say-thousand' },
] as const;

/** One and several of each, whole and hundredth. */
const money = {
  CNY: { units: ['unit-yuan', 'unit-yuan'], hundredths: ['unit-fen', 'unit-fen'] },
  USD: { units: ['unit-dollar', 'unit-dollars'], hundredths: ['unit-cent', 'unit-cents'] },
  EUR: { units: ['unit-euro', 'unit-euros'], hundredths: ['unit-cent', 'unit-cents'] },
  GBP: { units: ['unit-pound', 'unit-pounds'], hundredths: ['unit-penny', 'unit-pence'] },
} as const;

const spans = [
  { seconds: 3_600, names: ['unit-hour', 'unit-hours'] },
  { seconds: 60, names: ['unit-minute', 'unit-minutes'] },
  { seconds: 1, names: ['unit-second', 'unit-seconds'] },
] as const;

const ofCharacter: Readonly<Record<string, string>> = { '*': 'say-star', '#': 'say-hash', '+': 'say-plus' };

export function sayCharacter(character: string): string {
  return ofCharacter[character] ?? `number-${character}`;
}

export function sayDecimal({ isNegative, whole, decimals }: Decimal): string[] {
  const point = decimals === '' ? [] : ['say-point', ...[...decimals].map((digit) => `number-${digit}`)];
  return [...(isNegative ? ['say-minus'] : []), ...sayWhole(whole), ...point];
}

export function sayMoney({ isNegative, units, hundredths }: Amount, currency: Currency): string[] {
  const names = money[currency];
  const parts = [
    ...(units > 0 || hundredths === 0 ? [counted(units, names.units)] : []),
    ...(hundredths > 0 ? [counted(hundredths, names.hundredths)] : []),
  ];
  return [...(isNegative ? ['say-minus'] : []), ...joined(parts)];
}

export function sayDate({ year, month, day }: Day, withYear: boolean): string[] {
  return [`day-${day}`, `month-${month}`, ...(withYear ? sayYear(year) : [])];
}

export function sayTime({ hour, minute }: TimeOfDay): string[] {
  if (minute === 0 && hour === 0) return ['say-midnight'];
  if (minute === 0 && hour === 12) return ['say-noon'];
  const minutes = minute === 0 ? [] : minute < 10 ? ['say-oh', `number-${minute}`] : [`number-${minute}`];
  return [`number-${hour % 12 || 12}`, ...minutes, hour < 12 ? 'say-am' : 'say-pm'];
}

export function sayDuration(seconds: number): string[] {
  const parts: string[][] = [];
  let rest = seconds;
  for (const span of spans) {
    const count = Math.floor(rest / span.seconds);
    rest %= span.seconds;
    if (count > 0) parts.push(counted(count, span.names));
  }
  return joined(parts.length > 0 ? parts : [counted(0, ['unit-second', 'unit-seconds'])]);
}

function sayWhole(number: number): string[] {
  if (number === 0) return ['number-0'];
  const parts: string[] = [];
  for (const { size, name } of scales) {
    const group = Math.floor(number / size) % 1_000;
    if (group > 0) parts.push(...belowThousand(group), name);
  }
  const rest = number % 1_000;
  if (rest > 0 && rest < 100 && parts.length > 0) parts.push('say-and');
  if (rest > 0) parts.push(...belowThousand(rest));
  return parts;
}

function belowThousand(number: number): string[] {
  const [hundreds, rest] = [number - (number % 100), number % 100];
  if (hundreds === 0) return [`number-${rest}`];
  return rest === 0 ? [`number-${hundreds}`] : [`number-${hundreds}`, 'say-and', `number-${rest}`];
}

/** 1905 is "nineteen oh five", 2026 "twenty twenty-six", 2005 "two thousand and five", 1900 "nineteen hundred". */
function sayYear(year: number): string[] {
  const [century, rest] = [Math.floor(year / 100), year % 100];
  if (century % 10 === 0 && rest < 10) return sayWhole(year);
  if (rest === 0) return [`number-${century}`, 'say-hundred'];
  return [`number-${century}`, ...(rest < 10 ? ['say-oh'] : []), `number-${rest}`];
}

const counted = (count: number, [one, several]: readonly [string, string]) => [...sayWhole(count), count === 1 ? one : several];

/** "a, b and c", the comma being the breath between fragments. */
function joined(parts: readonly (readonly string[])[]): string[] {
  return parts.flatMap((part, index) => (index > 0 && index === parts.length - 1 ? ['say-and', ...part] : part));
}
