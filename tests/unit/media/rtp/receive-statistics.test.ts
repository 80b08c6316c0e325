import { describe, expect, it } from 'vitest';
import { ReceiveStatistics } from '../../../../cti-bridge/media/rtp/receive-statistics.ts';

function receive(statistics: ReceiveStatistics, sequences: readonly number[], delayMs: (sequence: number) => number = () => 0): void {
  for (const sequence of sequences) statistics.add(sequence, sequence * 160, sequence * 20 + delayMs(sequence));
}

describe('statistics of a received stream', () => {
  it('tell loss of the interval, not of the whole call', () => {
    const statistics = new ReceiveStatistics();
    receive(statistics, [1, 2, 3, 5, 6, 8, 9, 10]);
    expect(statistics.lost).toBe(2);
    expect(statistics.takeIntervalLoss()).toBe(20);
    receive(statistics, [11, 12, 13, 14]);
    expect(statistics.takeIntervalLoss()).toBe(0);
    expect(statistics.takeReportFraction()).toBe(Math.floor((2 / 14) * 256));
  });

  it('do not count reordering as loss', () => {
    const statistics = new ReceiveStatistics();
    receive(statistics, [2, 1, 4, 3]);
    expect(statistics.lost).toBe(0);
  });

  it('are told in milliseconds whatever the clock, and in its ticks to the far side', () => {
    const [narrow, wide] = [new ReceiveStatistics(), new ReceiveStatistics()];
    for (let n = 0; n < 300; n++) {
      const arrivalMs = n * 20 + (n % 2) * 5;
      narrow.add(n, n * 160, arrivalMs);
      wide.add(n, n * 960, arrivalMs, 48_000);
    }
    expect(wide.jitterMs).toBeCloseTo(narrow.jitterMs, 1);
    expect(wide.jitterSamples / narrow.jitterSamples).toBeCloseTo(6, 0);
  });

  it('come to the mean change of transit as jitter', () => {
    const statistics = new ReceiveStatistics();
    receive(
      statistics,
      Array.from({ length: 200 }, (_, i) => i),
      (sequence) => (sequence % 2) * 5,
    );
    expect(statistics.jitterMs).toBeCloseTo(5, 0);
  });

  it('do not take a jump of the sender clock for jitter', () => {
    const statistics = new ReceiveStatistics();
    receive(statistics, [1, 2, 3]);
    statistics.add(4, 5_000_000, 80);
    expect(statistics.jitterMs).toBe(0);
  });
});
