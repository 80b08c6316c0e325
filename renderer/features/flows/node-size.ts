import { commonExits, exitsOf, type NodeExit } from '../../../shared/contracts/ivr/exits.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';

/** How large a node is drawn and where its exits stand on its right edge; everything on a grid of `grid`. */
export const grid = 16;
export const nodeWidth = 176;
const leastHeight = 56;
const betweenExits = 18;

/** A way out as it is drawn: `y` from the upper edge of the node. */
export interface Port extends NodeExit {
  readonly y: number;
}

/** Its own exits, and of the common ones those that lead somewhere. */
export function portsOf(node: FlowNode): readonly Port[] {
  const shown = [...exitsOf(node), ...commonExits.filter(({ name }) => node.exits[name] !== undefined)];
  const middle = heightFor(shown.length) / 2;
  return shown.map((exit, index) => ({ ...exit, y: middle + (index - (shown.length - 1) / 2) * betweenExits }));
}

export function heightOf(node: FlowNode): number {
  return heightFor(portsOf(node).length);
}

function heightFor(exits: number): number {
  return Math.max(leastHeight, exits * betweenExits + 14);
}
