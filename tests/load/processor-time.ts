import { readFileSync } from 'node:fs';

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

/** As a figure's `at` says it. */
export const takenAsText = (taken: number): string => `${(taken * 100).toFixed(0)} % of the processors taken by other machines`;

/** Of the processors' time so far, in ticks: all, and what other machines on the same hardware took. */
function processorTime(): { readonly all: number; readonly taken: number } {
  if (process.platform !== 'linux') return { all: 0, taken: 0 };
  const ticks = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/\s+/).slice(1, 9).map(Number);
  return { all: ticks.reduce((sum, each) => sum + each, 0), taken: ticks[7] ?? 0 };
}
