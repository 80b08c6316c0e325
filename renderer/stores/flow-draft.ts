import { commonExits, exitsOf } from '../../shared/contracts/ivr/exits.ts';
import type { Flow } from '../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../shared/contracts/ivr/nodes.ts';
import { withValue } from './configuration-state.ts';

/**
 * A flow while it is drawn: what it is now, what it was, and what was taken back. `change` is the whole logic of drawing; it never throws,
 * and an edit of what is not there changes nothing. Typing into one field is one step back, however many letters it has.
 */
export interface FlowHistory {
  readonly past: readonly Flow[];
  readonly present: Flow;
  readonly future: readonly Flow[];
  /** What the last change was about, while more of the same joins it. */
  readonly joining: string | null;
}

/** A place in the units of the drawing. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}
export type Spots = Readonly<Record<string, Spot>>;
export type FlowPiece = Pick<Flow, 'nodes' | 'layout'>;

export type FlowEdit =
  /** `after`: the exit leads to it, and it leads to where that exit led. */
  | {
      readonly kind: 'add';
      readonly nodeId: string;
      readonly node: FlowNode;
      readonly at: Spot;
      readonly after?: { readonly nodeId: string; readonly exit: string } | undefined;
      /** What makes room for it. */
      readonly moves?: Spots | undefined;
    }
  | { readonly kind: 'move'; readonly to: Spots }
  | { readonly kind: 'remove'; readonly nodeIds: readonly string[] }
  /** `to` null: the exit leads nowhere any more. */
  | { readonly kind: 'connect'; readonly from: string; readonly exit: string; readonly to: string | null }
  /** Puts a setting of a node, by its path within the node; `undefined` takes it away. */
  | { readonly kind: 'put'; readonly nodeId: string; readonly path: string; readonly value: unknown }
  /** Puts something of the flow itself, such as `name/en` or `fallback/queueId`. */
  | { readonly kind: 'putFlow'; readonly path: string; readonly value: unknown }
  | { readonly kind: 'paste'; readonly piece: FlowPiece };

const mostSteps = 200;

export function beginHistory(flow: Flow): FlowHistory {
  return { past: [], present: flow, future: [], joining: null };
}

export function changeFlow(history: FlowHistory, edit: FlowEdit): FlowHistory {
  const next = edited(history.present, edit);
  if (next === history.present) return history;
  const joining = edit.kind === 'put' ? `${edit.nodeId}/${edit.path}` : edit.kind === 'putFlow' ? edit.path : null;
  const isJoined = joining !== null && joining === history.joining;
  return {
    past: isJoined ? history.past : [...history.past, history.present].slice(-mostSteps),
    present: next,
    future: [],
    joining,
  };
}

export function undoChange(history: FlowHistory): FlowHistory {
  const before = history.past.at(-1);
  if (!before) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], joining: null };
}

export function redoChange(history: FlowHistory): FlowHistory {
  const [after, ...future] = history.future;
  if (!after) return history;
  return { past: [...history.past, history.present], present: after, future, joining: null };
}

/** The node of that name; undefined also for names that every object knows. */
export function nodeAt(flow: Pick<Flow, 'nodes'>, nodeId: string): FlowNode | undefined {
  return Object.hasOwn(flow.nodes, nodeId) ? flow.nodes[nodeId] : undefined;
}

/** A name that no node has yet: the wish itself, or with a number behind it. */
export function freeNodeId(taken: Readonly<Record<string, unknown>>, wish: string): string {
  if (!Object.hasOwn(taken, wish)) return wish;
  const stem = wish.replace(/-\d+$/, '').slice(0, 58);
  let number = 2;
  while (Object.hasOwn(taken, `${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

function edited(flow: Flow, edit: FlowEdit): Flow {
  switch (edit.kind) {
    case 'add':
      return added(flow, edit);
    case 'move': {
      const moved = Object.entries(edit.to).filter(([nodeId, { x, y }]) => {
        const at = nodeAt(flow, nodeId) && flow.layout[nodeId];
        return nodeAt(flow, nodeId) !== undefined && (at?.x !== x || at.y !== y);
      });
      return moved.length === 0 ? flow : { ...flow, layout: { ...flow.layout, ...Object.fromEntries(moved) } };
    }
    case 'remove':
      return removed(flow, new Set(edit.nodeIds));
    case 'connect': {
      const node = nodeAt(flow, edit.from);
      if (!node || (edit.to !== null && !nodeAt(flow, edit.to)) || (node.exits[edit.exit] ?? null) === edit.to) return flow;
      const { [edit.exit]: _before, ...others } = node.exits;
      const exits = edit.to === null ? others : { ...others, [edit.exit]: edit.to };
      return { ...flow, nodes: { ...flow.nodes, [edit.from]: { ...node, exits } } };
    }
    case 'put': {
      const node = nodeAt(flow, edit.nodeId);
      if (!node) return flow;
      const put = withValue(node, edit.path.split('/'), edit.value) as FlowNode;
      return isSame(put, node) ? flow : { ...flow, nodes: { ...flow.nodes, [edit.nodeId]: withoutLostExits(put) } };
    }
    case 'putFlow': {
      const put = withValue(flow, edit.path.split('/'), edit.value) as Flow;
      return isSame(put, flow) ? flow : put;
    }
    case 'paste': {
      const pasted = renamed(edit.piece, flow.nodes);
      if (Object.keys(pasted.nodes).length === 0) return flow;
      return { ...flow, nodes: { ...flow.nodes, ...pasted.nodes }, layout: { ...flow.layout, ...pasted.layout } };
    }
  }
}

function added(flow: Flow, { nodeId, node, at, after, moves = {} }: Extract<FlowEdit, { kind: 'add' }>): Flow {
  if (nodeAt(flow, nodeId)) return flow;
  const before = after && nodeAt(flow, after.nodeId);
  const led = before && after ? before.exits[after.exit] : undefined;
  const onward = exitsOf(node)[0]?.name;
  const joined: FlowNode = led !== undefined && onward !== undefined ? { ...node, exits: { ...node.exits, [onward]: led } } : node;
  const nodes = { ...flow.nodes, [nodeId]: joined };
  if (before && after) nodes[after.nodeId] = { ...before, exits: { ...before.exits, [after.exit]: nodeId } };
  return { ...flow, nodes, layout: { ...flow.layout, ...moves, [nodeId]: at } };
}

function removed(flow: Flow, gone: ReadonlySet<string>): Flow {
  if (![...gone].some((nodeId) => nodeAt(flow, nodeId))) return flow;
  const nodes: Record<string, FlowNode> = {};
  for (const [nodeId, node] of Object.entries(flow.nodes)) {
    if (gone.has(nodeId)) continue;
    const left = Object.entries(node.exits).filter(([, to]) => !gone.has(to));
    nodes[nodeId] = left.length === Object.keys(node.exits).length ? node : { ...node, exits: Object.fromEntries(left) };
  }
  const layout = Object.fromEntries(Object.entries(flow.layout).filter(([nodeId]) => !gone.has(nodeId)));
  return { ...flow, nodes, layout };
}

/** A key or a case that was taken away takes its exit with it. */
function withoutLostExits(node: FlowNode): FlowNode {
  const names = new Set([...exitsOf(node), ...commonExits].map(({ name }) => name));
  const kept = Object.entries(node.exits).filter(([exit]) => names.has(exit));
  return kept.length === Object.keys(node.exits).length ? node : { ...node, exits: Object.fromEntries(kept) };
}

/** The same nodes under names that are free, leading to each other and nowhere else. */
function renamed(piece: FlowPiece, taken: Flow['nodes']): FlowPiece {
  const names = new Map<string, string>();
  const all: Record<string, unknown> = { ...taken };
  for (const nodeId of Object.keys(piece.nodes)) {
    const free = freeNodeId(all, nodeId);
    names.set(nodeId, free);
    all[free] = true;
  }
  const nodes: Record<string, FlowNode> = {};
  const layout: Record<string, Spot> = {};
  for (const [nodeId, node] of Object.entries(piece.nodes)) {
    const name = names.get(nodeId) ?? nodeId;
    const exits = Object.entries(node.exits).flatMap(([exit, to]) => {
      const target = names.get(to);
      return target === undefined ? [] : [[exit, target] as const];
    });
    nodes[name] = { ...node, exits: Object.fromEntries(exits) };
    const at = piece.layout[nodeId];
    if (at) layout[name] = at;
  }
  return { nodes, layout };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
