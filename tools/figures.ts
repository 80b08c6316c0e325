/** One measured number. `at` says what it was measured at or against: a load, a percentile, a budget. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly at: string;
}

/** What a file `tests/load/NAME.bench.ts` exports as `bench`. */
export interface Bench {
  readonly name: string;
  run(): Promise<readonly Figure[]>;
}

/** Figures as aligned lines for a terminal. */
export function figuresTable(bench: string, figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ name, value, unit, at }) => [name, Number.isInteger(value) ? String(value) : value.toFixed(2), unit, at] as const,
  );
  const width = (column: 0 | 1 | 2) => Math.max(0, ...rows.map((row) => row[column].length));
  const lines = rows.map(([name, value, unit, at]) =>
    `  ${name.padEnd(width(0))}  ${value.padStart(width(1))} ${unit.padEnd(width(2))}  ${at}`.trimEnd(),
  );
  return [bench, ...lines].join('\n');
}
