import type { OutsideNumber } from './outside-number.ts';

/** Whether a number is in one of the ranges (`shared/contracts/calling.ts`). Service numbers are of the home country. */
export function isWithin(ranges: readonly string[], number: OutsideNumber, homeCountry: string): boolean {
  return ranges.some((range) => {
    if (range === '*') return true;
    if (range === 'home') return number.kind !== 'public' || number.country === homeCountry;
    if (number.kind === 'public') return range.startsWith('+') && number.e164.startsWith(range);
    return number.digits.startsWith(range);
  });
}
