/** Minor units of a currency: 12.5 EUR are 1250, 980 JPY are 980. */
export function minorUnits({ unit, value }: { readonly unit: string; readonly value: number }): number {
  return Math.round(value * 10 ** digitsOf(unit));
}

export function majorUnits(minor: number, unit: string): { readonly unit: string; readonly value: number } {
  const digits = digitsOf(unit);
  return { unit, value: Number((minor / 10 ** digits).toFixed(digits)) };
}

function digitsOf(unit: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency: unit }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}
