import type { WorkItemId } from '../../../shared/ids.ts';
import type { RouterState } from '../model.ts';
import { itemOf, lineOf, positionOf } from '../views.ts';

/** How long an item has still to wait, and what that is made of. */
export interface ExpectedWait {
  /** `position` x `averageMs` / `agents`, in ms. */
  readonly waitMs: number;
  readonly position: number;
  /** Mean handling of the queue's contacts so far, the last ones counting most. */
  readonly averageMs: number;
  /** People of the queue who are at work on it or could be. */
  readonly agents: number;
}

/**
 * Expected wait = position x mean handling / people serving: with so many people each taking one contact per mean handling time, the line
 * moves on by one every `averageMs / agents`. Null while it does not wait, nobody serves, or nothing has been handled yet: then no number
 * is better than a wrong one.
 */
export function expectedWait(state: RouterState, workItemId: WorkItemId): ExpectedWait | null {
  const item = itemOf(state, workItemId);
  const line = item && lineOf(state, item.queueId);
  const position = positionOf(state, workItemId);
  if (!line || position === null || line.handling.count === 0) return null;
  const { averageMs } = line.handling;
  const { serving: agents } = line;
  return agents === 0 ? null : { waitMs: Math.round((position * averageMs) / agents), position, averageMs: Math.round(averageMs), agents };
}
