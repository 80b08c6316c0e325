import { describe, expect, it } from 'vitest';
import { startPacer } from '../../../cti-bridge/media/index.ts';
import { bindPair, PortPool } from '../../../cti-bridge/media/rtp/port-pool.ts';

function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** Runs a pacer of 5 ms until it ticked so often, standing still in its third tick. */
function pace(ticks: number, stillMs: number, maxCatchUp?: number): Promise<{ due: number[]; at: number[]; skipped: number }> {
  return new Promise((resolve) => {
    const [due, at]: [number[], number[]] = [[], []];
    let skippedTotal = 0;
    const pacer = startPacer(
      5,
      (dueAt, skipped) => {
        due.push(dueAt);
        at.push(performance.now());
        // What the machine kept it from before its first tick is before the times that are compared.
        if (due.length > 1) skippedTotal += skipped;
        if (due.length === 3) standStill(stillMs);
        if (due.length < ticks) return;
        pacer.stop();
        resolve({ due, at, skipped: skippedTotal });
      },
      maxCatchUp,
    );
  });
}

describe('the pacer', () => {
  it('is due at even times, and never early', async () => {
    const { due, at } = await pace(40, 0);
    for (let i = 1; i < due.length; i++) expect((due[i] ?? 0) - (due[i - 1] ?? 0)).toBeCloseTo(5, 6);
    for (const [i, time] of at.entries()) expect(time).toBeGreaterThanOrEqual(due[i] ?? 0);
  });

  it('makes up for ticks missed by a process that stood still', async () => {
    const { due, skipped } = await pace(40, 30, 1000);
    expect(skipped).toBe(0);
    expect((due.at(-1) ?? 0) - (due[0] ?? 0)).toBeCloseTo(39 * 5, 6);
  });

  it('gives up what is too old, and says how much', async () => {
    const { due, skipped } = await pace(40, 100, 2);
    expect(skipped).toBeGreaterThanOrEqual(16);
    expect((due.at(-1) ?? 0) - (due[0] ?? 0)).toBeCloseTo((39 + skipped) * 5, 6);
  });
});

describe('ports for RTP', () => {
  it('are an even one and its neighbour, and told as missing when all are taken', async () => {
    const first = await bindPair(new PortPool([0, 0]), '127.0.0.1');
    try {
      expect(first.port % 2).toBe(0);
      expect(first.rtcp.address().port).toBe(first.port + 1);
      const narrow = new PortPool([first.port, first.port + 1]);
      await expect(bindPair(narrow, '127.0.0.1')).rejects.toMatchObject({ code: 'noPorts' });
      expect(narrow.inUse).toBe(0);
    } finally {
      first.rtp.close();
      first.rtcp.close();
    }
  });
});
