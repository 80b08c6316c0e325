import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { nodeAt, type Spot, type Spots } from '../../stores/index.ts';
import { grid, heightOf, nodeWidth } from './node-size.ts';

const gap = 2 * grid;
const betweenColumns = 4 * grid;

/**
 * Room between a node and where it led: the place right behind it, and where everything that stands there and further to the right goes.
 * Null where there is room already.
 */
export function roomBetween(spots: Spots, behind: Spot): { readonly at: Spot; readonly moves: Spots } | null {
  const at = { x: behind.x + nodeWidth + betweenColumns, y: behind.y };
  const rightOf = Object.entries(spots).filter(([, { x }]) => x > behind.x + nodeWidth / 2);
  const nearest = Math.min(...rightOf.map(([, { x }]) => x));
  const by = at.x + nodeWidth + betweenColumns - nearest;
  if (by <= 0) return null;
  return { at, moves: Object.fromEntries(rightOf.map(([nodeId, { x, y }]) => [nodeId, { x: x + Math.ceil(by / grid) * grid, y }])) };
}

/** Where a new node has room: to the right of the one it comes behind, or else below all others; further down until nothing is in its way. */
export function freeSpot(flow: Flow, spots: Spots, behind: Spot | undefined): Spot {
  const boxes = Object.entries(spots).map(([nodeId, at]) => {
    const node = nodeAt(flow, nodeId);
    return { ...at, height: node ? heightOf(node) : 0 };
  });
  const lowest = Math.max(0, ...boxes.map(({ y, height }) => y + height + gap));
  const leftmost = boxes.length === 0 ? 0 : Math.min(...boxes.map(({ x }) => x));
  const wish = behind ? { x: behind.x + nodeWidth + 7 * grid, y: behind.y } : { x: leftmost, y: Math.ceil(lowest / grid) * grid };
  const isTaken = (y: number) =>
    boxes.some((box) => Math.abs(box.x - wish.x) < nodeWidth + grid && y < box.y + box.height + grid && box.y < y + 56 + grid);
  let { y } = wish;
  while (isTaken(y)) y += grid;
  return { x: wish.x, y };
}
