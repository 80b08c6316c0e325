import type { Flow } from '../../../../shared/contracts/ivr/flow.ts';
import type { Heat, TraceStep } from '../../../../shared/contracts/ivr/trace.ts';
import { type EdgeOverlay, exitKey, type FlowOverlay, type HeatStep, type NodeOverlay, widthOfStep } from './overlay.ts';

/** From which share of all callers on an edge is drawn with a step. One caller is never nobody. */
const shares = [0.35, 0.15, 0.05, 0] as const;

export function stepOf(callers: number, ofAll: number): HeatStep {
  if (callers <= 0 || ofAll <= 0) return 0;
  const share = callers / ofAll;
  return (4 - shares.findIndex((least) => share >= least)) as HeatStep;
}

const quietNode: NodeOverlay = { hungUp: null, turns: [], isStanding: false };
export const noOverlay: FlowOverlay = { exits: new Map(), nodes: new Map(), isOnly: null };

/** How many callers took each exit and hung up at each node. What they took in versions that had other nodes is not drawn. */
export function overlayOfHeat(heat: Heat, { nodes }: Pick<Flow, 'nodes'>): FlowOverlay {
  // Of a caller who goes round a menu each round counts, so that more may pass an edge than there were callers.
  const all = Math.max(heat.callers, 1);
  const exits = new Map<string, EdgeOverlay>();
  const marks = new Map<string, NodeOverlay>();
  const counted = new Map(heat.nodes.map((node) => [node.nodeId, node]));
  for (const [nodeId, node] of Object.entries(nodes)) {
    const passed = counted.get(nodeId);
    for (const exit of Object.keys(node.exits)) {
      const callers = exit === 'hangUp' ? (passed?.hungUp ?? 0) : countOf(passed?.exits, exit);
      const step = stepOf(callers, all);
      exits.set(exitKey(nodeId, exit), { callers, step, width: widthOfStep[step], isOnPath: false });
    }
    marks.set(nodeId, { ...quietNode, hungUp: passed?.hungUp ?? 0 });
  }
  return { exits, nodes: marks, isOnly: 'callers' };
}

/** The way of one caller through this flow; the nodes of other flows they passed are left out. */
export function overlayOfPath(steps: readonly Pick<TraceStep, 'flowId' | 'nodeId' | 'exit'>[], flowId: string): FlowOverlay {
  const exits = new Map<string, EdgeOverlay>();
  const nodes = new Map<string, NodeOverlay>();
  for (const [place, step] of steps.entries()) {
    if (step.flowId !== flowId) continue;
    const before = nodes.get(step.nodeId) ?? quietNode;
    nodes.set(step.nodeId, { ...before, turns: [...before.turns, place + 1] });
    if (step.exit !== null) {
      exits.set(exitKey(step.nodeId, step.exit), { callers: null, step: 4, width: widthOfStep[3], isOnPath: true });
    }
  }
  return { exits, nodes, isOnly: 'path' };
}

/** The same, with the node on which a run that is tried stands. */
export function standingAt(overlay: FlowOverlay, nodeId: string | null): FlowOverlay {
  if (nodeId === null) return overlay;
  const nodes = new Map(overlay.nodes);
  nodes.set(nodeId, { ...(nodes.get(nodeId) ?? quietNode), isStanding: true });
  return { ...overlay, nodes };
}

/** Which part of those who left a node left it by each exit, hanging up among them; in whole per cent, nothing where nobody left it. */
export function exitShares(heat: Heat, nodeId: string): ReadonlyMap<string, number> {
  const node = heat.nodes.find((each) => each.nodeId === nodeId);
  if (!node) return new Map();
  const counts = Object.entries({ ...node.exits, ...(node.hungUp > 0 ? { hangUp: node.hungUp } : {}) });
  const all = counts.reduce((sum, [, callers]) => sum + callers, 0);
  if (all === 0) return new Map();
  return new Map(counts.map(([exit, callers]) => [exit, Math.round((100 * callers) / all)]));
}

function countOf(exits: Readonly<Record<string, number>> | undefined, exit: string): number {
  return exits && Object.hasOwn(exits, exit) ? (exits[exit] ?? 0) : 0;
}

export const heatRanges = ['today', 'week', 'month'] as const;
export type HeatRange = (typeof heatRanges)[number];
const daysBack: Readonly<Record<HeatRange, number>> = { today: 0, week: 6, month: 29 };

/** Whole days on this computer's clock, today among them: from the first midnight on, to the next one. */
export function momentsOf(range: HeatRange, now: number): { readonly from: number; readonly to: number } {
  const midnight = (days: number) => {
    const at = new Date(now);
    at.setHours(0, 0, 0, 0);
    at.setDate(at.getDate() + days);
    return at.getTime();
  };
  return { from: midnight(-daysBack[range]), to: midnight(1) };
}
