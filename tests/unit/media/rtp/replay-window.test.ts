import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplayWindow } from '../../../../cti-bridge/media/rtp/replay-window.ts';

describe('a replay window', () => {
  it('takes each number once, in any order within 64', () => {
    const window = new ReplayWindow();
    expect([10, 11, 13, 12, 13, 10, 12].map((sequence) => window.accept(sequence))).toEqual([10, 11, 13, 12, null, null, null]);
  });

  it('refuses what is older than 64 packets', () => {
    const window = new ReplayWindow();
    window.accept(100);
    window.accept(163);
    expect(window.accept(101)).toBe(101);
    window.accept(165);
    expect(window.accept(101)).toBeNull();
    expect(window.accept(102)).toBe(102);
  });

  it('goes on across the wrap', () => {
    const window = new ReplayWindow();
    expect([65534, 65535, 1, 0, 65535].map((sequence) => window.accept(sequence))).toEqual([65534, 65535, 65537, 65536, null]);
  });

  it('behaves as a set of the last 64 numbers would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -70, max: 70 }), { maxLength: 200 }), (steps) => {
        const window = new ReplayWindow();
        const seen = new Set<number>();
        let highest = 1000;
        window.accept(highest);
        seen.add(highest);
        for (const step of steps) {
          const wanted = highest + step;
          const isNew = wanted > highest - 64 && !seen.has(wanted);
          expect(window.accept(wanted & 0xffff)).toBe(isNew ? wanted : null);
          if (isNew) seen.add(wanted);
          highest = Math.max(highest, isNew ? wanted : highest);
        }
      }),
    );
  });
});
