import type { Spot, Spots } from '../../stores/index.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const ways: Readonly<Record<Direction, Spot>> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, up: { x: 0, y: -1 }, down: { x: 0, y: 1 } };

/** The node that an arrow key goes to: the nearest in that direction, what lies straight ahead before what lies aside; null where there is none. */
export function neighbourOf(spots: Spots, from: string, direction: Direction): string | null {
  const here = spots[from];
  if (!here) return null;
  const way = ways[direction];
  let best: { readonly nodeId: string; readonly far: number } | null = null;
  for (const [nodeId, at] of Object.entries(spots)) {
    const dx = at.x - here.x;
    const dy = at.y - here.y;
    const ahead = dx * way.x + dy * way.y;
    if (nodeId === from || ahead <= 0) continue;
    const aside = Math.abs(dx * way.y) + Math.abs(dy * way.x);
    const far = ahead + 2 * aside;
    if (best === null || far < best.far) best = { nodeId, far };
  }
  return best?.nodeId ?? null;
}
