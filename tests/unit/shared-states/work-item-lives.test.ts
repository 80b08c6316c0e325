import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentOf, itemOf, ownerOf, type RouterDecision, type RouterState } from '../../../cti-bridge/acd/index.ts';
import type { WorkItemId } from '../../../shared/ids.ts';
import { next } from '../../../shared/states/state-table.ts';
import { type WorkItemInput, type WorkItemState, workItemTable } from '../../../shared/states/work-item.ts';
import { days, play, type Step } from '../acd/random-days.ts';

/** The state of an item as the router has it; null when the router knows nothing of it: not queued yet, or at its end. */
function stateOf(state: RouterState, workItemId: WorkItemId): WorkItemState | null {
  const waiting = itemOf(state, workItemId);
  if (waiting) return waiting.reservationIds.length > 0 ? 'reserved' : 'pending';
  const owner = ownerOf(state, workItemId);
  const work = owner && agentOf(state, owner)?.works.find((each) => each.workItemId === workItemId);
  if (!work) return null;
  return work.state === 'engaged' ? 'assigned' : 'wrapping';
}

function itemsOf({ event, decisions }: Step): ReadonlySet<WorkItemId> {
  const named = [event, ...decisions].flatMap((each): WorkItemId[] => {
    if ('workItemId' in each) return [each.workItemId];
    return 'reservation' in each ? [each.reservation.workItemId] : [];
  });
  return new Set(named);
}

/** What the decisions of a step are to an item: offers of it that still stand decide which withdrawal is the last. */
function inputsOf(step: Step, workItemId: WorkItemId): readonly WorkItemInput[] {
  const standing = new Set<string>(itemOf(step.before, workItemId)?.reservationIds);
  const input = (decision: RouterDecision): readonly WorkItemInput[] => {
    // Who is to be called back stays in line.
    const letsGo = decision.type === 'divert' && decision.action.to !== 'callback';
    if (decision.type === 'divert')
      return letsGo && decision.workItemId === workItemId && itemOf(step.before, workItemId) ? ['cancel'] : [];
    if (!('reservation' in decision) || decision.reservation.workItemId !== workItemId) return [];
    const { reservationId } = decision.reservation;
    if (decision.type === 'offer') standing.add(reservationId);
    else standing.delete(reservationId);
    if (decision.type !== 'withdraw') return [decision.type];
    // The others it rang at hear that one of them took it.
    const isTaken = step.decisions.some((each) => each.type === 'accept' && each.reservation.workItemId === workItemId);
    if (standing.size > 0 || isTaken) return [];
    return [decision.cause === 'callerLeft' ? 'cancel' : 'withdraw'];
  };
  return step.decisions.flatMap(input);
}

/** What the event itself is to an item that was somebody's, or that waited and is gone. */
function inputOfEvent({ event, before, state }: Step, workItemId: WorkItemId): WorkItemInput | null {
  if (!('workItemId' in event) || event.workItemId !== workItemId) return null;
  const isSame = ownerOf(before, workItemId) === ownerOf(state, workItemId) && stateOf(before, workItemId) === stateOf(state, workItemId);
  // Nobody had it, or nothing came of it. One that is returned and the router knows nothing of is queued by that.
  if (isSame || !ownerOf(before, workItemId)) return null;
  if (event.type === 'item:returned') return 'giveBack';
  if (event.type === 'wrapUp:ended') return 'complete';
  if (event.type === 'work:ended') return event.wrapsUp ? 'wrapUp' : 'complete';
  return null;
}

/** Nothing leaves the router but at one of its ends; a waiting item may be told gone, which decides nothing. */
function atEnd(state: WorkItemState, { event }: Step): boolean {
  const last = event.type === 'item:gone' ? (next(workItemTable, state, 'cancel') ?? state) : state;
  return last === 'completed' || last === 'canceled';
}

/** Turned away by time and queued anew by the event, in one step: the end of one life and the beginning of another. */
function isAnotherVisit({ event, decisions }: Step, workItemId: WorkItemId): boolean {
  const isQueued = event.type === 'item:queued' && event.workItemId === workItemId;
  return isQueued && decisions.some((decision) => decision.type === 'divert' && decision.workItemId === workItemId);
}

test('every item of any day whatever lives by the table of its states, step by step', { timeout: 20_000 }, () => {
  const seen = new Set<string>();
  const check = (step: Step) => {
    for (const workItemId of itemsOf(step)) {
      if (isAnotherVisit(step, workItemId)) continue;
      let state = stateOf(step.before, workItemId) ?? 'pending'; // born in this step, or never known
      const ofEvent = inputOfEvent(step, workItemId);
      for (const input of [...(ofEvent ? [ofEvent] : []), ...inputsOf(step, workItemId)]) {
        const after = next(workItemTable, state, input);
        expect(after, `${workItemId}: ${input} while ${state}, at ${JSON.stringify(step.event)}`).not.toBeNull();
        seen.add(`${state} ${input}`);
        state = after ?? state;
      }
      const now = stateOf(step.state, workItemId);
      if (now) expect(state, `${workItemId} after ${JSON.stringify(step.event)}`).toBe(now);
      else if (stateOf(step.before, workItemId))
        expect(atEnd(state, step), `${workItemId} is lost by ${JSON.stringify(step.event)}`).toBe(true);
    }
  };
  fc.assert(
    fc.property(days, (day) => void play(day, check)),
    // Enough days, and always the same, for every cell of the table to come up.
    { numRuns: 1_000, seed: 5 },
  );
  const allOfTable = Object.entries(workItemTable).flatMap(([state, row]) => Object.keys(row).map((input) => `${state} ${input}`));
  expect(allOfTable.filter((cell) => !seen.has(cell))).toEqual([]);
});
