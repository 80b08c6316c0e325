import { readFileSync } from 'node:fs';
import type { Figure } from '../../tools/figures.ts';
import { percentiles } from '../support/bridge-under-load.ts';

/** What was measured in one stretch, and which share of the processors, 0 to 1, other machines on the same hardware took meanwhile. */
export interface Stretch<T> {
  readonly measured: T;
  readonly taken: number;
}

/** Without the share that was taken, times of two runs on a shared machine cannot be compared. */
export async function withTimeTaken<T>(measure: () => Promise<T>): Promise<Stretch<T>> {
  const before = processorTime();
  const measured = await measure();
  const after = processorTime();
  return { measured, taken: (after.taken - before.taken) / Math.max(1, after.all - before.all) };
}

/** More than this of the processors, and what is measured is how busy other machines are. */
const calm = 0.05;

/** Percentiles of everything that was measured, and of the stretches in which other machines left the processors alone. */
export function inStretches(name: string, stretches: readonly Stretch<readonly number[]>[], at: string): Figure[] {
  const of = (some: typeof stretches) => some.flatMap(({ measured }) => measured);
  const shares = stretches.map(({ taken }) => (taken * 100).toFixed(0)).join(', ');
  const left = of(stretches.filter(({ taken }) => taken <= calm));
  return [
    ...percentiles(name, of(stretches), `${at}, others took ${shares} %`),
    ...(left.length === 0 ? [] : percentiles(`${name}, calm`, left, `others took <= ${calm * 100} %`)),
  ];
}

/** Of the processors' time so far, in ticks: all, and what other machines on the same hardware took. */
function processorTime(): { readonly all: number; readonly taken: number } {
  if (process.platform !== 'linux') return { all: 0, taken: 0 };
  const ticks = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/\s+/).slice(1, 9).map(Number);
  return { all: ticks.reduce((sum, each) => sum + each, 0), taken: ticks[7] ?? 0 };
}
