import { describe, expect, it } from 'vitest';
import { Agenda } from '../../../cti-bridge/simulation/agenda.ts';
import { type Distribution, drawMs, meanMs } from '../../../cti-bridge/simulation/distribution.ts';
import { randomStream } from '../../../cti-bridge/simulation/random.ts';

const draws = 20_000;
const drawn = (distribution: Distribution, seed = 1) => {
  const random = randomStream(seed, 'test');
  return Array.from({ length: draws }, () => drawMs(distribution, random));
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

describe('chance that can be had again', () => {
  it('is the same for the same seed and purpose, and another for any other', () => {
    const first = (seed: number, ...purpose: (string | number)[]) => randomStream(seed, ...purpose).next();
    expect(first(1, 'handling', 'a')).toBe(first(1, 'handling', 'a'));
    const all = [
      first(1, 'handling', 'a'),
      first(2, 'handling', 'a'),
      first(1, 'handling', 'b'),
      first(1, 'patience', 'a'),
      first(1, 'offer', 1, 2),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('spreads evenly, within each stream and over the first numbers of many', () => {
    const within = randomStream(7, 'one');
    const samples = [
      Array.from({ length: draws }, () => within.next()),
      Array.from({ length: draws }, (_, number) => randomStream(7, 'offer', number, 0).next()),
    ];
    for (const sample of samples) {
      const tenths = new Array<number>(10).fill(0);
      for (const value of sample) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
      // Chi-squared with nine degrees of freedom: above 27.9 once in a thousand.
      const chi = tenths.reduce((sum, count) => sum + (count - draws / 10) ** 2 / (draws / 10), 0);
      expect(chi).toBeLessThan(27.9);
    }
  });

  it.each<[Distribution, number]>([
    [{ kind: 'exponential', meanSeconds: 180 }, 180],
    [{ kind: 'lognormal', meanSeconds: 180, standardDeviationSeconds: 150 }, 150],
    [{ kind: 'fixed', seconds: 180 }, 0],
    [{ kind: 'empirical', seconds: [60, 120, 360] }, 129.6],
  ])('draws %o with its mean and its spread', (distribution, spread) => {
    const values = drawn(distribution);
    expect(meanMs(distribution)).toBe(180_000);
    expect(mean(values) / 1_000).toBeCloseTo(180, -1);
    expect(Math.abs(deviation(values) / 1_000 - spread)).toBeLessThan(8);
    expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
  });

  it('draws an exponential that is one: half of them under mean times log 2, one in e over the mean', () => {
    const values = drawn({ kind: 'exponential', meanSeconds: 100 });
    const share = (under: number) => values.filter((value) => value < under * 1_000).length / draws;
    expect(share(100 * Math.LN2)).toBeCloseTo(0.5, 1);
    expect(share(100)).toBeCloseTo(1 - 1 / Math.E, 1);
    expect(share(300)).toBeCloseTo(1 - Math.exp(-3), 2);
  });
});

describe('an agenda', () => {
  it('gives back what comes first, and of the same moment what was put down first', () => {
    const agenda = new Agenda<string>();
    const random = randomStream(3, 'agenda');
    const put: { at: number; what: string }[] = [];
    for (let i = 0; i < 500; i++) {
      const entry = { at: Math.floor(random.next() * 50), what: String(i) };
      put.push(entry);
      agenda.add(entry.at, entry.what);
    }
    const expected = put.toSorted((a, b) => a.at - b.at || Number(a.what) - Number(b.what)).map(({ what }) => what);
    const got: string[] = [];
    for (let next = agenda.next(); next !== null; next = agenda.next()) got.push(next.what);
    expect(got).toEqual(expected);
    expect(agenda.next()).toBeNull();
  });
});
