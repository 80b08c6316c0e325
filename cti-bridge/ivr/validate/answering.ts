import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import { needsOf } from '../kinds.ts';
import { reachable } from './graph.ts';
import type { FlowHouse } from './house.ts';
import { problem } from './problem.ts';

/** Nodes at which a caller may be spoken to before the call was answered. A flow that returns is called by others, which have answered. */
export function problemsOfAnswering(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  if (Object.values(flow.nodes).some(({ kind }) => kind === 'return')) return [];
  const unanswered = reachable(flow, [flow.start], (node) => !answers(node, house));
  return [...unanswered].flatMap((nodeId) => {
    const node = flow.nodes[nodeId];
    return node !== undefined && needsOf(node) === 'answered'
      ? [problem('notAnswered', { nodeId, field: null }, 'The caller may come here before the call is answered.')]
      : [];
  });
}

function answers(node: FlowNode, house: FlowHouse): boolean {
  if (node.kind === 'answer') return true;
  const called = node.kind === 'callFlow' ? house.flows(node.flowId) : undefined;
  return called !== undefined && Object.values(called.nodes).some(({ kind }) => kind === 'answer');
}
