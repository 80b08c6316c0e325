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
]);

/**
 * The calls of one flush with as few statements as come to the same: events are appended together, and of a call that is saved several times
 * only how it is at last, in the place of the first.
 */
export function condense(calls: readonly OperationCall[]): readonly Step[] {
  const steps: Step[] = [];
  /** Where in `steps` later events, or a later state of the same call, still go. */
  let events: number | undefined;
  const saved = new Map<unknown, number>();
  for (const [index, call] of calls.entries()) {
    const { name, args } = call;
    if (name === 'appendEvents') {
      const before = events === undefined ? undefined : steps[events];
      if (events !== undefined && before)
        steps[events] = { ...before, call: { name, args: [[...eventsOf(before.call), ...eventsOf(call)]] } };
      else events = steps.push({ call, index }) - 1;
      continue;
    }
    if (!apartFromEvents.has(name)) events = undefined;
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

const eventsOf = ({ args }: OperationCall): readonly unknown[] => args[0] as readonly unknown[];
