import type { FlowChange } from '../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../shared/contracts/ivr/flow.ts';

/**
 * What `after` has that `before` has not, and the other way round: first of the flow itself, then node by node in the order of `after`, those
 * that are gone last. Where a node is drawn makes no difference. A test is compared as a whole, by its name.
 */
export function compareFlows(before: Flow, after: Flow): readonly FlowChange[] {
  const ofFlow = fieldsThatDiffer(settingsOf(before), settingsOf(after));
  const changes: FlowChange[] = ofFlow.length === 0 ? [] : [{ nodeId: null, what: 'changed', fields: ofFlow }];
  const ids = new Set([...Object.keys(after.nodes), ...Object.keys(before.nodes)]);
  for (const nodeId of ids) {
    const [was, is] = [before, after].map(({ nodes }) => (Object.hasOwn(nodes, nodeId) ? nodes[nodeId] : undefined));
    const fields = fieldsThatDiffer(leavesOf(was), leavesOf(is));
    if (fields.length > 0) changes.push({ nodeId, what: !was ? 'added' : !is ? 'removed' : 'changed', fields });
  }
  return changes;
}

type Leaves = ReadonlyMap<string, string>;

function settingsOf({ name, start, fallback, tests }: Flow): Leaves {
  return new Map([...leavesOf({ name, start, fallback }), ...tests.map((test) => [`tests/${test.name}`, JSON.stringify(test)] as const)]);
}

/** Every single value by its path, as it would be written. What is null or empty is not there. */
function leavesOf(value: unknown, path = '', leaves = new Map<string, string>()): Leaves {
  if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) leavesOf(each, path === '' ? name : `${path}/${name}`, leaves);
  } else if (value !== null && value !== undefined) leaves.set(path, String(value));
  return leaves;
}

function fieldsThatDiffer(before: Leaves, after: Leaves): FlowChange['fields'] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }));
}
