import type { OperationCall } from './protocol.ts';

/** What is done for a flush, in order; its value is the answer to the call at this index. The others have none to give. */
export interface Step {
  readonly call: OperationCall;
  readonly index: number;
}

/** These and events know nothing of each other, in whatever order they are written. */
const apartFromEvents: ReadonlySet<string> = new Set([
  'saveLiveCall',
  'forgetLiveCall',
  'noteOffer',
  'withdrawOffer',
  'releaseItem',
  'acceptOffer',
  'appendDecisions',
  'noteIvrSteps',
]);

/**
 * The calls of one flush with as few statements as come to the same: events are appended together, and of a call that is saved several times
 * only how it is at last, in the place of the first. Nodes that callers passed are noted together as events are.
 */
export function condense(calls: readonly OperationCall[]): readonly Step[] {
  const steps: Step[] = [];
  /** Where in `steps` later events, later nodes of menus, or a later state of the same call, still go. */
  let events: number | undefined;
  let ivrSteps: number | undefined;
  const saved = new Map<unknown, number>();
  for (const [index, call] of calls.entries()) {
    const { name, args } = call;
    if (name === 'appendEvents') {
      events = appended(steps, events, { call, index });
      continue;
    }
    if (name === 'noteIvrSteps') {
      ivrSteps = appended(steps, ivrSteps, { call, index });
      continue;
    }
    if (!apartFromEvents.has(name)) events = ivrSteps = undefined;
    if (name === 'forgetLiveCall') saved.delete(args[0]);
    if (name === 'saveLiveCall') {
      const { interactionId } = args[0] as { readonly interactionId: string };
      const at = saved.get(interactionId);
      const before = at === undefined ? undefined : steps[at];
      if (at !== undefined && before) {
        steps[at] = { ...before, call };
        continue;
      }
      saved.set(interactionId, steps.length);
    }
    steps.push({ call, index });
  }
  return steps;
}

/** What it has goes to the end of the list that `at` has, where there is one; else it is a step of its own. The answer is where that is. */
function appended(steps: Step[], at: number | undefined, step: Step): number {
  const before = at === undefined ? undefined : steps[at];
  if (at === undefined || !before) return steps.push(step) - 1;
  const { name } = step.call;
  steps[at] = { ...before, call: { name, args: [[...listOf(before.call), ...listOf(step.call)]] } };
  return at;
}

const listOf = ({ args }: OperationCall): readonly unknown[] => args[0] as readonly unknown[];
