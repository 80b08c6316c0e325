import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, laneBetween, lanePath } from '../../../../../renderer/features/flows/edge-route.ts';

const from = { x: 160, y: 28 };
const to = { x: 600, y: 28 };
const wall: Box = { x: 260, y: 0, width: 160, height: 56 };

describe('an edge between two nodes', () => {
  it('goes straight where nothing lies between', () => {
    expect(laneBetween(from, to, [])).toBeNull();
    expect(laneBetween(from, to, [{ ...wall, y: 400 }])).toBeNull();
  });

  it('goes around what lies between, by the shorter way', () => {
    expect(laneBetween(from, to, [{ ...wall, y: 10 }])?.y).toBeLessThan(10);
    expect(laneBetween(from, to, [{ ...wall, y: -10 }])?.y).toBeGreaterThan(46);
  });

  it('finds the gap between two', () => {
    const lane = laneBetween(from, to, [
      { ...wall, y: -60, height: 96 },
      { ...wall, y: 80 },
    ]);
    expect(lane?.y).toBeGreaterThan(36);
    expect(lane?.y).toBeLessThan(80);
  });

  it('is left to another kind of line where it leads back', () => {
    expect(laneBetween(to, from, [wall])).toBeNull();
  });

  it('never runs along through a node, wherever they stand', () => {
    const box = fc.record({
      x: fc.integer({ min: 0, max: 700 }),
      y: fc.integer({ min: -200, max: 200 }),
      width: fc.constant(160),
      height: fc.integer({ min: 56, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 12 }), (boxes) => {
        const lane = laneBetween(from, to, boxes);
        if (lane === null) return;
        const [left, right] = [from.x + lane.leaves, to.x - lane.arrives];
        for (const each of boxes) {
          const isBeside = each.x >= right || each.x + each.width <= left;
          expect(isBeside || lane.y < each.y || lane.y > each.y + each.height).toBe(true);
        }
        expect(lanePath(from, to, lane)).not.toContain('NaN');
      }),
    );
  });
});
