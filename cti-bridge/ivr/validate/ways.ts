import { commonExits, exitsOf } from '../../../shared/contracts/ivr/exits.ts';
import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import { nodeOf, reachable } from './graph.ts';
import { problem, warning } from './problem.ts';

/** Where the flow begins, where its exits lead, and where nobody ever comes. */
export function problemsOfWays(flow: Flow): readonly FlowProblem[] {
  const start = { nodeId: null, field: 'start' };
  const hasStart = nodeOf(flow, flow.start) !== undefined;
  return [
    ...(hasStart
      ? []
      : [problem('missingStart', start, `The flow starts at "${flow.start}", which is not one of its nodes.`, { to: flow.start })]),
    ...Object.keys(flow.nodes).flatMap((nodeId) => exitProblems(flow, nodeId)),
    ...(hasStart ? unreachable(flow) : []),
  ];
}

function exitProblems(flow: Flow, nodeId: string): readonly FlowProblem[] {
  const node = nodeOf(flow, nodeId);
  if (node === undefined) return [];
  const exits = exitsOf(node);
  const known = new Set([...exits, ...commonExits].map(({ name }) => name));
  const missing = exits
    .filter(({ name, isRequired }) => isRequired && !Object.hasOwn(node.exits, name))
    .map(({ name }) => problem('missingExit', { nodeId, field: `exits/${name}` }, `Exit "${name}" leads nowhere.`, { exit: name }));
  const wrong = Object.entries(node.exits).flatMap(([exit, to]) => {
    const place = { nodeId, field: `exits/${exit}` };
    if (!known.has(exit)) return [warning('unknownExit', place, `A ${node.kind} has no exit "${exit}".`, { exit, to })];
    if (nodeOf(flow, to) !== undefined) return [];
    return [problem('unknownExit', place, `Exit "${exit}" leads to "${to}", which is not one of its nodes.`, { exit, to })];
  });
  return [...missing, ...wrong];
}

function unreachable(flow: Flow): readonly FlowProblem[] {
  const reached = reachable(flow, [flow.start], () => true);
  return Object.keys(flow.nodes)
    .filter((nodeId) => !reached.has(nodeId))
    .map((nodeId) => warning('unreachable', { nodeId, field: null }, 'No way leads here from the start.'));
}
