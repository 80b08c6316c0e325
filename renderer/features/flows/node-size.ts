import { commonExits, exitsOf, type NodeExit } from '../../../shared/contracts/ivr/exits.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';

/** How large a node is drawn and where its exits stand on its right edge; everything on a grid of `grid`. */
export const grid = 16;
export const nodeWidth = 160;
const leastHeight = 56;
const betweenExits = 18;

/** A way out as it is drawn: `y` from the upper edge of the node. */
export interface Port extends NodeExit {
  readonly y: number;
}

/** Its own exits, and of the common ones those that lead somewhere. */
export function portsOf(node: FlowNode): readonly Port[] {
  const shown = [...ownExitsOf(node), ...commonExits.filter(({ name }) => node.exits[name] !== undefined)];
  const middle = heightFor(shown.length) / 2;
  return shown.map((exit, index) => ({ ...exit, y: middle + (index - (shown.length - 1) / 2) * betweenExits }));
}

/** The exits of its own in the order of the screen. */
export function ownExitsOf(node: FlowNode): readonly NodeExit[] {
  return exitsOf(node).toSorted((a, b) => placeOf(a.name) - placeOf(b.name));
}

/** Keys as on a telephone: an object would put 0 first. Whatever is no key comes after them, as it is. */
const keys = '1234567890*#';
const placeOf = (exit: string) => (exit.length === 1 && keys.includes(exit) ? keys.indexOf(exit) : keys.length);

export function heightOf(node: FlowNode): number {
  return heightFor(portsOf(node).length);
}

function heightFor(exits: number): number {
  return Math.max(leastHeight, exits * betweenExits + 14);
}
