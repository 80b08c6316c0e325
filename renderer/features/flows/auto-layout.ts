import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { nodeAt, type Spot, type Spots } from '../../stores/index.ts';
import { grid, heightOf, nodeWidth, portsOf } from './node-size.ts';

/**
 * Where nodes stand that nobody has placed: in columns from left to right, each as far from the start as the longest way to it, and within
 * a column in the order of the exits that lead there. What nobody can reach stands below. The same flow always looks the same.
 */
const rowGap = 32;
/** Between columns: with the names of exits, and without. */
const columnGap = { named: 112, plain: 48 };
/** Room that is left for a way that passes a column. */
const laneHeight = 16;

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

/** What stands in a column: a node, or the lane of a way that only passes. */
interface Member {
  readonly nodeId: string | null;
  readonly height: number;
  /** The heights at which the ways to it leave. */
  readonly from: number[];
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
  const columns: Member[][] = [];
  const members = new Map<string, Member>();
  const enter = (column: number, member: Member) => (columns[column] ??= []).push(member);
  for (const nodeId of order) {
    const member: Member = { nodeId, height: heightFor(flow, nodeId), from: [] };
    members.set(nodeId, member);
    enter(columnOf.get(nodeId) ?? 0, member);
  }

  /** What a member leads to in the next column, and from how far below its upper edge. */
  const onward = new Map<Member, { readonly y: number; readonly to: Member }[]>();
  const lead = (from: Member, y: number, to: Member) => onward.set(from, [...(onward.get(from) ?? []), { y, to }]);
  for (const nodeId of order) {
    const node = nodeAt(flow, nodeId);
    for (const port of node ? portsOf(node) : []) {
      const to = node?.exits[port.name];
      const target = to === undefined || !forward.get(nodeId)?.includes(to) ? undefined : members.get(to);
      let from = members.get(nodeId);
      if (!target || !from || to === undefined) continue;
      let y = port.y;
      for (let column = (columnOf.get(nodeId) ?? 0) + 1; column < (columnOf.get(to) ?? 0); column += 1) {
        const lane: Member = { nodeId: null, height: laneHeight, from: [] };
        enter(column, lane);
        lead(from, y, lane);
        from = lane;
        y = laneHeight / 2;
      }
      lead(from, y, target);
    }
  }

  let x = 0;
  let highest = 0;
  for (const column of columns) {
    /** Half of what enters at the head of a node; a lane is entered in its middle. */
    const head = (member: Member) => (member.nodeId === null ? laneHeight / 2 : 28);
    const wish = ({ from }: Member) => (from.length === 0 ? 0 : from.reduce((sum, y) => sum + y, 0) / from.length);
    const sorted = column.map((member, index) => ({ member, index, y: wish(member) })).sort((a, b) => a.y - b.y || a.index - b.index);
    const whole = sorted.reduce((sum, { member }) => sum + member.height + rowGap, -rowGap);
    const middle = sorted.reduce((sum, { y }) => sum + y, 0) / sorted.length;
    const only = sorted.length === 1 ? sorted[0] : undefined;
    // One below the other around the middle of what they wish for; a single one exactly where it wishes.
    let y = only ? only.y - head(only.member) : middle - whole / 2;
    let isNamed = false;
    for (const { member } of sorted) {
      const at = snapped(y);
      y = at + member.height + rowGap;
      for (const { y: below, to } of onward.get(member) ?? []) to.from.push(at + below);
      if (member.nodeId === null) continue;
      spots[member.nodeId] = { x, y: at };
      highest = Math.min(highest, at);
      const node = nodeAt(flow, member.nodeId);
      isNamed ||= node !== undefined && portsOf(node).some(({ name }) => name !== 'next');
    }
    x += nodeWidth + (isNamed ? columnGap.named : columnGap.plain);
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
