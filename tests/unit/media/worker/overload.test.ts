import { describe, expect, it } from 'vitest';
import { OverloadJudge } from '../../../../cti-bridge/media/worker/overload.ts';

/** After how many of these seconds it changed its mind, and to what. */
function changes(figures: readonly number[]): string[] {
  const judge = new OverloadJudge({ p99Ms: 15, forMs: 10_000 }, 1000);
  return figures.flatMap((p99Ms, at) => (judge.observe(p99Ms) ? [`${at + 1}: ${judge.isOverloaded}`] : []));
}
const seconds = (count: number, p99Ms: number) => Array<number>(count).fill(p99Ms);

describe('a worker', () => {
  it('has too much to do after ten late seconds in a row', () => {
    expect(changes(seconds(9, 16))).toEqual([]);
    expect(changes(seconds(10, 16))).toEqual(['10: true']);
    expect(changes(seconds(30, 15))).toEqual([]);
  });

  it('is not judged by seconds that stand alone', () => {
    expect(changes([...seconds(9, 40), 3, ...seconds(9, 40), 3])).toEqual([]);
  });

  it('takes calls again after ten good seconds in a row', () => {
    expect(changes([...seconds(10, 20), ...seconds(9, 1), 20, ...seconds(10, 1)])).toEqual(['10: true', '30: false']);
  });
});
