import { commonExits, exitsOf } from '../../../shared/contracts/ivr/exits.ts';
import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';

export interface Way {
  readonly exit: string;
  readonly to: string;
  readonly isSilent: boolean;
}

export function nodeOf({ nodes }: Flow, nodeId: string): FlowNode | undefined {
  return Object.hasOwn(nodes, nodeId) ? nodes[nodeId] : undefined;
}

/** The ways out of a node that lead to another one. */
export function waysOf(flow: Flow, node: FlowNode): readonly Way[] {
  const isSilent = new Map([...exitsOf(node), ...commonExits].map((exit) => [exit.name, exit.isSilent]));
  return Object.entries(node.exits).flatMap(([exit, to]) => {
    const silent = isSilent.get(exit);
    return silent === undefined || nodeOf(flow, to) === undefined ? [] : [{ exit, to, isSilent: silent }];
  });
}

/** All nodes to which one can get from these by ways of that kind, themselves among them. */
export function reachable(flow: Flow, from: readonly string[], isTaken: (node: FlowNode, way: Way) => boolean): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let nodeId = open.pop(); nodeId !== undefined; nodeId = open.pop()) {
    const node = nodeOf(flow, nodeId);
    if (node === undefined || reached.has(nodeId)) continue;
    reached.add(nodeId);
    for (const way of waysOf(flow, node)) if (isTaken(node, way)) open.push(way.to);
  }
  return reached;
}
