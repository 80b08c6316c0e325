import { describe, expect, it } from 'vitest';
import { freeSpot, roomBetween } from '../../../../../renderer/features/flows/free-spot.ts';
import { grid, nodeWidth } from '../../../../../renderer/features/flows/node-size.ts';
import { flowOf, hangUp, play } from './stage-flow.ts';

const flow = flowOf({ a: play({ next: 'b' }), b: hangUp, c: hangUp });

describe('room for a new node', () => {
  it('is to the right of the one it comes behind, further down where somebody stands there', () => {
    const spots = { a: { x: 0, y: 0 }, b: { x: nodeWidth + 7 * grid, y: 0 } };
    const spot = freeSpot(flow, spots, spots.a);
    expect(spot.x).toBe(nodeWidth + 7 * grid);
    expect(spot.y).toBeGreaterThanOrEqual(56);
  });

  it('is below all others for one that comes behind nobody', () => {
    expect(freeSpot(flow, { a: { x: 32, y: 0 }, b: { x: 400, y: 160 } }, undefined)).toEqual({ x: 32, y: 256 });
  });

  it('is made between two by moving all that stands to the right, on the grid', () => {
    const spots = { a: { x: 0, y: 0 }, b: { x: nodeWidth + 48, y: 0 }, c: { x: -300, y: 0 } };
    const room = roomBetween(spots, spots.a);
    expect(room?.moves.c).toBeUndefined();
    expect((room?.moves.b?.x ?? 0) - (room?.at.x ?? 0)).toBeGreaterThanOrEqual(nodeWidth + 48);
    expect((room?.moves.b?.x ?? 1) % grid).toBe(0);
  });

  it('need not be made where there is plenty', () => {
    expect(roomBetween({ a: { x: 0, y: 0 }, b: { x: 2_000, y: 0 } }, { x: 0, y: 0 })).toBeNull();
  });
});
