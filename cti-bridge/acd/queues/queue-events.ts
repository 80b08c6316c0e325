import type { AgentId, WorkItemId } from '../../../shared/ids.ts';
import { idle } from '../agents/agent-events.ts';
import type { Queue, RouterEvent, WaitingItem } from '../model.ts';
import { fail, mediaFailed, triedBy } from '../reservation.ts';
import { meetsNeeds } from '../skills/meets-needs.ts';
import { valuesOf } from '../sorted-map.ts';
import { assignedTable } from '../tables.ts';
import type { Turn } from '../turn.ts';
import { emptyLine } from './queue-line.ts';

type Queued = Extract<RouterEvent, { type: 'item:queued' }>;
type Returned = Extract<RouterEvent, { type: 'item:returned' }>;

/** What happens to queues and to what waits in them. */

/** A new queue, or a known one with new settings: who waits keeps their place, and every agent is measured against the needs anew. */
export function queueConfigured(turn: Turn, queue: Queue): void {
  const known = turn.line(queue.queueId);
  turn.putLine(queue.queueId, known === null ? emptyLine(queue) : { ...known, queue });
  for (const agent of valuesOf(turn.state.agents)) {
    const belongs = meetsNeeds(agent.skills, queue.needs);
    if (belongs === agent.queueIds.includes(queue.queueId)) continue;
    const others = agent.queueIds.filter((id) => id !== queue.queueId);
    turn.putAgent({ ...agent, queueIds: belongs ? [...others, queue.queueId].sort() : others });
  }
  turn.unsettled.add(queue.queueId);
}

/** Nothing is ever queued twice: an item that waits already, or that an agent has, stays where it is. */
export function itemQueued(turn: Turn, event: Queued): void {
  if (turn.line(event.queueId) === null || turn.item(event.workItemId) !== null || assignedTo(turn, event.workItemId) !== null) return;
  turn.putItem(waiting(event, { queuedAt: turn.at, place: turn.takePlace(), isReturned: false }));
}

/** The customer left. An offer that rings for them is withdrawn, and the agent keeps their place among the idle. */
export function itemGone(turn: Turn, workItemId: WorkItemId): void {
  const item = turn.item(workItemId);
  if (item === null) return;
  const reservation = item.state.kind === 'reserved' ? turn.reservation(item.state.reservationId) : null;
  if (reservation === null) turn.removeItem(item);
  else fail(turn, reservation, 'callerLeft');
}

/** An accepted item whose agent or media was lost: back to the front, waiting since it first did. The agent it comes from is asked last. */
export function itemReturned(turn: Turn, event: Returned): void {
  const owner = assignedTo(turn, event.workItemId);
  if (turn.line(event.queueId) === null || turn.item(event.workItemId) !== null || (owner !== null && owner !== event.agentId)) return;
  const agent = turn.agent(event.agentId);
  if (owner !== null && agent !== null) mediaFailed(turn, idle(turn, agent), event.queueId);
  const item = waiting(event, { queuedAt: event.queuedAt, place: turn.takePlace(), isReturned: true });
  turn.putItem(triedBy(turn, item, agent));
}

function waiting(event: Queued | Returned, place: Pick<WaitingItem, 'queuedAt' | 'place' | 'isReturned'>): WaitingItem {
  const { workItemId, interactionId, queueId, priority } = event;
  return { workItemId, interactionId, queueId, priority, ...place, tried: [], missedOffers: 0, state: { kind: 'pending' } };
}

function assignedTo(turn: Turn, workItemId: WorkItemId): AgentId | null {
  return assignedTable.get(turn.state.assigned, workItemId);
}
