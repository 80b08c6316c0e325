import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, backPath, laneBack, laneBetween, lanePath, leadsBack } from '../../../../../renderer/features/flows/edge-route.ts';

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

  it('goes around all of it where it leads back', () => {
    expect(leadsBack(to, from)).toBe(true);
    expect(laneBetween(to, from, [wall])).toBeNull();
    const ends = [
      { x: 440, y: 0, width: 160, height: 56 },
      { x: 160, y: 0, width: 160, height: 200 },
    ];
    expect(laneBack(to, from, [wall, ...ends])).toBeLessThan(0);
    expect(laneBack(to, { ...from, y: 190 }, [wall, ...ends])).toBeGreaterThan(200);
    expect(backPath(to, from, -14)).toMatch(/^M600,28 .* L160,28$/);
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
