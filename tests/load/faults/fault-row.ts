import type { Figure } from '../../../tools/figures.ts';

/** One row of the fault matrix as a driver: does the fault so many times and counts. The suite runs a short fixed seed of the same. */
export interface FaultRow {
  readonly name: string;
  /** What goes wrong, and what must be true then. */
  readonly about: string;
  /** How many times when nobody says. */
  readonly count: number;
  run(options: { readonly count: number; readonly seed: number }): Promise<FaultOutcome>;
}

export interface FaultOutcome {
  readonly figures: readonly Figure[];
  /** What was not as it must be, in words; empty when all was. */
  readonly failures: readonly string[];
}

/** Collects what must hold and does not. */
export class Expectations {
  readonly failures: string[] = [];

  expect(holds: boolean, otherwise: string): void {
    if (!holds) this.failures.push(otherwise);
  }
}

export const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (100 * part) / whole);
