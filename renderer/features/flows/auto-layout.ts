import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { nodeAt, type Spot, type Spots } from '../../stores/index.ts';
import { grid, heightOf, nodeWidth, portsOf } from './node-size.ts';

/**
 * Where nodes stand that nobody has placed: in columns from left to right, each as far from the start as the longest way to it, and within
 * a column in the order of the exits that lead there. What nobody can reach stands below. The same flow always looks the same.
 */
const columnWidth = nodeWidth + 112;
const rowGap = 32;

/** The places of all nodes: those of the layout where there are any, the others found. */
export function placesOf(flow: Flow): Spots {
  const ids = Object.keys(flow.nodes);
  const placed = ids.filter((nodeId) => flow.layout[nodeId] !== undefined);
  if (placed.length === ids.length) return Object.fromEntries(ids.map((nodeId) => [nodeId, flow.layout[nodeId] ?? origin]));
  const found = arrange(flow);
  if (placed.length === 0) return found;
  // Those without a place keep their own order, below all that have one.
  const lowest = Math.max(...placed.map((nodeId) => bottomOf(flow, nodeId, flow.layout[nodeId] ?? origin)));
  const others = ids.filter((nodeId) => flow.layout[nodeId] === undefined);
  const highest = Math.min(...others.map((nodeId) => found[nodeId]?.y ?? 0));
  const down = snapped(lowest + 2 * rowGap - highest);
  return Object.fromEntries(
    ids.map((nodeId) => {
      const at = found[nodeId] ?? origin;
      return [nodeId, flow.layout[nodeId] ?? { x: at.x, y: at.y + down }];
    }),
  );
}

/** All nodes anew, whatever the layout says. */
export function arrange(flow: Flow): Spots {
  const spots: Record<string, Spot> = {};
  const seen = new Set<string>();
  let top = 0;
  const place = (root: string) => {
    const lowest = placeFrom(flow, root, seen, spots, top);
    top = snapped(lowest + 2 * rowGap);
  };
  if (nodeAt(flow, flow.start)) place(flow.start);
  const ids = Object.keys(flow.nodes);
  const isLedTo = new Set(ids.flatMap((nodeId) => Object.values(nodeAt(flow, nodeId)?.exits ?? {})));
  for (const nodeId of ids) if (!seen.has(nodeId) && !isLedTo.has(nodeId)) place(nodeId);
  for (const nodeId of ids) if (!seen.has(nodeId)) place(nodeId);
  return spots;
}

const origin: Spot = { x: 0, y: 0 };
const snapped = (value: number) => Math.round(value / grid) * grid;

function bottomOf(flow: Flow, nodeId: string, at: Spot): number {
  const node = nodeAt(flow, nodeId);
  return at.y + (node ? heightOf(node) : 0);
}

/** The names of the nodes that its exits lead to, in the order in which the exits are drawn. */
export function targetsOf(flow: Flow, nodeId: string): readonly string[] {
  const node = nodeAt(flow, nodeId);
  if (!node) return [];
  return [...new Set(portsOf(node).flatMap(({ name }) => node.exits[name] ?? []))].filter((to) => nodeAt(flow, to) !== undefined);
}

/** All nodes in the order in which a caller comes to them, those that nobody reaches at the end. */
export function readingOrder(flow: Flow): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const queue = [flow.start, ...Object.keys(flow.nodes)].reverse();
  while (queue.length > 0) {
    const nodeId = queue.pop() as string;
    if (seen.has(nodeId) || !nodeAt(flow, nodeId)) continue;
    seen.add(nodeId);
    order.push(nodeId);
    for (const to of [...targetsOf(flow, nodeId)].reverse()) if (!seen.has(to)) queue.push(to);
  }
  return order;
}

/** Places what can be reached from a root and has no place yet; answers where the lowest of them ends. */
function placeFrom(flow: Flow, root: string, seen: Set<string>, spots: Record<string, Spot>, top: number): number {
  const { order, forward } = withoutWaysBack(flow, root, seen);
  const columnOf = new Map<string, number>();
  for (const nodeId of order) {
    const own = columnOf.get(nodeId) ?? 0;
    columnOf.set(nodeId, own);
    for (const to of forward.get(nodeId) ?? []) columnOf.set(to, Math.max(columnOf.get(to) ?? 0, own + 1));
  }
  const columns: string[][] = [];
  for (const nodeId of order) (columns[columnOf.get(nodeId) ?? 0] ??= []).push(nodeId);

  /** The heights at which what leads to a node leaves. */
  const wishes = new Map<string, number[]>();
  let highest = 0;
  for (const [column, members = []] of columns.entries()) {
    const wished = members.map((nodeId, index) => {
      const from = wishes.get(nodeId) ?? [];
      return { nodeId, index, y: from.length === 0 ? 0 : from.reduce((sum, y) => sum + y, 0) / from.length - 28 };
    });
    wished.sort((a, b) => a.y - b.y || a.index - b.index);
    const heights = wished.map(({ nodeId }) => heightFor(flow, nodeId));
    const whole = heights.reduce((sum, height) => sum + height + rowGap, -rowGap);
    const middle = wished.reduce((sum, { y }) => sum + y + 28, 0) / wished.length;
    // One below the other around the middle of what they wish for; a single one exactly where it wishes.
    let y = wished.length === 1 ? (wished[0]?.y ?? 0) : middle - whole / 2;
    for (const [index, { nodeId }] of wished.entries()) {
      const at = { x: column * columnWidth, y: snapped(y) };
      spots[nodeId] = at;
      highest = Math.min(highest, at.y);
      y = at.y + (heights[index] ?? 0) + rowGap;
      const node = nodeAt(flow, nodeId);
      for (const port of node ? portsOf(node) : []) {
        const to = node?.exits[port.name];
        if (to !== undefined && forward.get(nodeId)?.includes(to)) wishes.set(to, [...(wishes.get(to) ?? []), at.y + port.y]);
      }
    }
  }
  let lowest = top;
  for (const nodeId of order) {
    const at = spots[nodeId] ?? origin;
    const down = { x: at.x, y: at.y - highest + top };
    spots[nodeId] = down;
    lowest = Math.max(lowest, bottomOf(flow, nodeId, down));
  }
  return lowest;
}

function heightFor(flow: Flow, nodeId: string): number {
  const node = nodeAt(flow, nodeId);
  return node ? heightOf(node) : 0;
}

/** Depth first without recursion: a topological order, and the ways without those that lead back to where one came from. */
function withoutWaysBack(flow: Flow, root: string, seen: Set<string>) {
  const forward = new Map<string, string[]>();
  const open = new Set<string>();
  const order: string[] = [];
  const stack: { readonly nodeId: string; readonly rest: string[] }[] = [];
  const enter = (nodeId: string) => {
    seen.add(nodeId);
    open.add(nodeId);
    forward.set(nodeId, []);
    stack.push({ nodeId, rest: [...targetsOf(flow, nodeId)] });
  };
  enter(root);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const to = top.rest.shift();
    if (to === undefined) {
      stack.pop();
      open.delete(top.nodeId);
      order.unshift(top.nodeId);
    } else if (!seen.has(to)) {
      forward.get(top.nodeId)?.push(to);
      enter(to);
    } else if (!open.has(to) && forward.has(to)) forward.get(top.nodeId)?.push(to);
  }
  return { order, forward };
}
