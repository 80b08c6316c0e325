import type { WorkItemId } from '../../../shared/ids.ts';
import { workStateOf } from '../agents/agent.ts';
import type { QueueLine, RouterState } from '../model.ts';
import { itemOf, lineOf, membersOf, positionOf } from '../views.ts';

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
  const agents = servingIn(state, line);
  const { averageMs } = line.handling;
  return agents === 0 ? null : { waitMs: Math.round((position * averageMs) / agents), position, averageMs: Math.round(averageMs), agents };
}

/** Who has work in hand or could be given some. */
function servingIn(state: RouterState, line: QueueLine): number {
  return membersOf(state, line).filter(({ agent }) => {
    const work = workStateOf(agent);
    return work === 'engaged' || work === 'wrappingUp' || work === 'reserved' || (work === 'idle' && agent.presence === 'available');
  }).length;
}
