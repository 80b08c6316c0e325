import type { Spot } from '../../stores/index.ts';

export interface Box extends Spot {
  readonly width: number;
  readonly height: number;
}

/** A way that does not go straight: down or up to `y` within `leaves` behind its exit, along there, and within `arrives` to where it leads. */
export interface Lane {
  readonly y: number;
  readonly leaves: number;
  readonly arrives: number;
}

const clearance = 6;
const beside = 14;
const turn = { least: 32, most: 96 };
const samples = 24;

/** What leads back turns around its ends in this. */
const turnBack = 20;
const corner = 10;

export const leadsBack = (from: Spot, to: Spot) => to.x < from.x + 24;

/** How an edge that leads back goes around all nodes on its way, its own ends among `boxes`: above or below them, whichever is nearer. */
export function laneBack(from: Spot, to: Spot, boxes: readonly Box[]): number {
  const [left, right] = [to.x - turnBack, from.x + turnBack];
  const inTheWay = boxes.filter((box) => box.x < right && box.x + box.width > left);
  const isFree = (y: number) => inTheWay.every((box) => y < box.y - clearance || y > box.y + box.height + clearance);
  const way = (y: number) => Math.abs(y - from.y) + Math.abs(y - to.y);
  const free = inTheWay.flatMap((box) => [box.y - beside, box.y + box.height + beside]).filter(isFree);
  // Where everything is taken, under the lower end.
  return free.toSorted((a, b) => way(a) - way(b))[0] ?? Math.max(from.y, to.y) + 3 * beside;
}

/** Out to the right, along the lane to the left, and in again from the left. */
export function backPath(from: Spot, to: Spot, y: number): string {
  const [right, left] = [from.x + turnBack, to.x - turnBack];
  const out = Math.sign(y - from.y) * Math.min(corner, Math.abs(y - from.y) / 2);
  const back = Math.sign(to.y - y) * Math.min(corner, Math.abs(to.y - y) / 2);
  return [
    `M${from.x},${from.y} L${right - corner},${from.y} Q${right},${from.y} ${right},${from.y + out}`,
    `L${right},${y - out} Q${right},${y} ${right - corner},${y} L${left + corner},${y}`,
    `Q${left},${y} ${left},${y + back} L${left},${to.y - back} Q${left},${to.y} ${left + corner},${to.y} L${to.x},${to.y}`,
  ].join(' ');
}

/**
 * How an edge goes around the nodes that lie between its ends: the lane above or below them that is the least way round. Null where
 * the plain curve is free, where the edge leads back, and where there is no lane.
 */
export function laneBetween(from: Spot, to: Spot, boxes: readonly Box[]): Lane | null {
  if (to.x <= from.x + 2 * turn.least) return null;
  const between = boxes.filter((box) => box.x < to.x && box.x + box.width > from.x);
  if (!between.some((box) => curveMeets(from, to, box))) return null;
  const leaves = turnWithin(between.map((box) => box.x - from.x));
  const arrives = turnWithin(between.map((box) => to.x - box.x - box.width));
  const [left, right] = [from.x + leaves, to.x - arrives];
  if (right <= left) return null;
  const inTheWay = between.filter((box) => box.x < right && box.x + box.width > left);
  const isFree = (y: number) => inTheWay.every((box) => y < box.y - clearance || y > box.y + box.height + clearance);
  const way = (y: number) => Math.abs(y - from.y) + Math.abs(y - to.y);
  const free = inTheWay.flatMap((box) => [box.y - beside, box.y + box.height + beside]).filter(isFree);
  const best = free.toSorted((a, b) => way(a) - way(b))[0];
  return best === undefined ? null : { y: best, leaves, arrives };
}

/** As much room for the turn as there is before the first node. */
function turnWithin(rooms: readonly number[]): number {
  const room = Math.min(turn.most, ...rooms.filter((each) => each > 0).map((each) => each - clearance));
  return Math.max(turn.least, room);
}

/** The plain curve has its handles half the way from either end. */
function curveMeets(from: Spot, to: Spot, box: Box): boolean {
  for (let step = 1; step < samples; step += 1) {
    const t = step / samples;
    const bow = 3 * (1 - t) * t;
    const x = from.x + (to.x - from.x) * (bow * 0.5 + t ** 3);
    const y = from.y + (to.y - from.y) * (bow * t + t ** 3);
    if (x > box.x && x < box.x + box.width && y > box.y - clearance && y < box.y + box.height + clearance) return true;
  }
  return false;
}

export function lanePath(from: Spot, to: Spot, { y, leaves, arrives }: Lane): string {
  const [left, right] = [from.x + leaves, to.x - arrives];
  const [out, back] = [from.x + leaves / 2, to.x - arrives / 2];
  return `M${from.x},${from.y} C${out},${from.y} ${out},${y} ${left},${y} L${right},${y} C${back},${y} ${back},${to.y} ${to.x},${to.y}`;
}
