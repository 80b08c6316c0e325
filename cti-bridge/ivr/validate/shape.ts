import { type Flow, type FlowProblem, flowFormat, flowSchema, maxNodes } from '../../../shared/contracts/ivr/flow.ts';
import { problem } from './problem.ts';

/** More than these at once tell nobody anything. */
const maxProblems = 200;

/** Whether it is a flow at all, and if so which; with all that is wrong with how it is written. */
export function readFlow(json: unknown): { readonly flow: Flow | null; readonly problems: readonly FlowProblem[] } {
  const refused = (...problems: readonly FlowProblem[]) => ({ flow: null, problems });
  const whole = { nodeId: null, field: null };
  const { format, nodes } = Object(json) as { readonly format?: unknown; readonly nodes?: unknown };
  if (typeof format === 'number' && format > flowFormat) {
    return refused(
      problem('newerFormat', whole, `The flow was written by a newer version (format ${format}).`, { format: String(format) }),
    );
  }
  const count = typeof nodes === 'object' && nodes !== null ? Object.keys(nodes).length : 0;
  if (count > maxNodes) {
    return refused(problem('tooManyNodes', whole, `The flow has ${count} nodes; it may have ${maxNodes}.`, { count: String(count) }));
  }
  const parsed = flowSchema.safeParse(json);
  const hidden = hiddenNames(json);
  if (parsed.success && hidden.length === 0) return { flow: parsed.data, problems: [] };
  const issues = (parsed.error?.issues ?? []).map(({ path, message }) => malformed(path.map(String), message));
  return refused(...[...hidden, ...issues].slice(0, maxProblems));
}

function malformed(path: readonly string[], message: string): FlowProblem {
  const nodeId = path[0] === 'nodes' && path[1] !== undefined ? path[1] : null;
  const field = (nodeId === null ? path : path.slice(2)).join('/');
  return problem('malformed', { nodeId, field: field === '' ? null : field }, message);
}

/** A name that the language keeps for itself is left out in reading and must not be: who writes it means no good. */
function hiddenNames(json: unknown): readonly FlowProblem[] {
  const found: FlowProblem[] = [];
  const open: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: json, path: [] }];
  const seen = new Set<unknown>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null || seen.has(value) || path.length > maxDepth) continue;
    seen.add(value);
    for (const name of Object.keys(value)) {
      const inner = [...path, name];
      if (name === '__proto__') found.push(malformed(inner, 'a name that may be used: not __proto__'));
      else open.push({ value: (value as Record<string, unknown>)[name], path: inner });
    }
  }
  return found;
}

/** Nothing in a flow lies deeper. */
const maxDepth = 10;
