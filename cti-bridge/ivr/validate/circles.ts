import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import { nodeOf, reachable, type Way, waysOf } from './graph.ts';
import type { FlowHouse } from './house.ts';
import { problem } from './problem.ts';

/** Circles in which a caller who does nothing would go round for ever, each named once, and flows that call one another without end. */
export function problemsOfCircles(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  return [...loops(flow, house), ...callingEachOther(flow, house)];
}

function loops(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  const canPass = silentFlows(house);
  const silent = (nodeId: string): readonly Way[] => {
    const node = nodeOf(flow, nodeId);
    const ways = node === undefined ? [] : waysOf(flow, node).filter(({ isSilent }) => isSilent);
    const isHeard = node?.kind === 'callFlow' && !canPass(node.flowId);
    return isHeard ? ways.filter(({ exit }) => exit !== 'next') : ways;
  };
  return circlesIn(Object.keys(flow.nodes), (nodeId) => silent(nodeId).map(({ to }) => to)).map((circle) => {
    const [nodeId = null] = circle;
    const what = `A caller who presses nothing goes round for ever: ${[...circle, nodeId].join(', ')}.`;
    return problem('loopWithoutInput', { nodeId, field: null }, what, { circle: circle.join(', ') });
  });
}

/** Whether a caller who does nothing comes back from a flow that is called. One that leads back to itself is another problem. */
function silentFlows(house: FlowHouse): (flowId: string) => boolean {
  const known = new Map<string, boolean>();
  const canPass = (flowId: string): boolean => {
    const flow = known.has(flowId) ? undefined : house.flows(flowId);
    if (flow === undefined) return known.get(flowId) ?? false;
    known.set(flowId, false);
    const reached = reachable(
      flow,
      [flow.start],
      (node, { isSilent, exit }) => isSilent && (node.kind !== 'callFlow' || exit !== 'next' || canPass(node.flowId)),
    );
    const passes = [...reached].some((nodeId) => flow.nodes[nodeId]?.kind === 'return');
    known.set(flowId, passes);
    return passes;
  };
  return canPass;
}

function callingEachOther(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  const callsOf = (flowId: string): readonly string[] => {
    const called = flowId === flow.flowId ? flow : house.flows(flowId);
    return Object.values(called?.nodes ?? {}).flatMap((node) => (node.kind === 'callFlow' ? [node.flowId] : []));
  };
  const leadsBack = (from: string): boolean => {
    const seen = new Set<string>();
    const open = [from];
    for (let flowId = open.pop(); flowId !== undefined; flowId = open.pop()) {
      if (flowId === flow.flowId) return true;
      if (seen.has(flowId)) continue;
      seen.add(flowId);
      open.push(...callsOf(flowId));
    }
    return false;
  };
  return Object.entries(flow.nodes).flatMap(([nodeId, node]) =>
    node.kind === 'callFlow' && leadsBack(node.flowId)
      ? [
          problem('flowsCallEachOther', { nodeId, field: 'flowId' }, `Flow "${node.flowId}" leads back to this one.`, {
            flowId: node.flowId,
          }),
        ]
      : [],
  );
}

/**
 * The knots of a graph in which one can go round: every set of nodes each of which leads to all the others (Tarjan's strongly connected
 * components), as one circle through its first node. Without recursion: a flow may be a line of 500 nodes.
 */
function circlesIn(ids: readonly string[], next: (id: string) => readonly string[]): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const isOnStack = new Set<string>();
  const circles: (readonly string[])[] = [];
  for (const root of ids) {
    if (order.has(root)) continue;
    const walk: { readonly id: string; readonly ways: readonly string[]; at: number }[] = [];
    const visit = (id: string) => {
      order.set(id, order.size);
      low.set(id, order.get(id) ?? 0);
      stack.push(id);
      isOnStack.add(id);
      walk.push({ id, ways: next(id), at: 0 });
    };
    const lower = (id: string, value: number | undefined) => low.set(id, Math.min(low.get(id) ?? 0, value ?? 0));
    visit(root);
    for (let here = walk.at(-1); here !== undefined; here = walk.at(-1)) {
      const to = here.ways[here.at++];
      if (to !== undefined) {
        if (!order.has(to)) visit(to);
        else if (isOnStack.has(to)) lower(here.id, order.get(to));
        continue;
      }
      walk.pop();
      const before = walk.at(-1);
      if (before !== undefined) lower(before.id, low.get(here.id));
      if (low.get(here.id) !== order.get(here.id)) continue;
      const knot = new Set(stack.splice(stack.indexOf(here.id)));
      for (const id of knot) isOnStack.delete(id);
      const circle = circleThrough(here.id, knot, next);
      if (circle !== null) circles.push(circle);
    }
  }
  return circles;
}

/** The shortest way from a node round to itself within its knot; null where there is none. */
function circleThrough(id: string, knot: ReadonlySet<string>, next: (id: string) => readonly string[]): readonly string[] | null {
  const cameFrom = new Map<string, string>();
  const open = [id];
  for (let here = open.shift(); here !== undefined; here = open.shift()) {
    for (const to of next(here)) {
      if (to === id) {
        const circle: string[] = [];
        for (let back: string | undefined = here; back !== undefined; back = back === id ? undefined : cameFrom.get(back))
          circle.unshift(back);
        return circle;
      }
      if (knot.has(to) && !cameFrom.has(to)) {
        cameFrom.set(to, here);
        open.push(to);
      }
    }
  }
  return null;
}
