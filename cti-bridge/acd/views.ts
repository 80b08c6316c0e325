import type { AgentView } from '../../shared/contracts/agent.ts';
import type { QueueView } from '../../shared/contracts/queue.ts';
import type { AgentId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import { newAgent, workStateOf } from './agents/agent.ts';
import type { Queue, Reservation, RouterAgent, RouterState, WaitingItem } from './model.ts';
import { firstOf, sizeOf, valuesOf } from './sorted-map.ts';
import { agentTable, itemTable, placeTable, queueTable, reservationsTable } from './tables.ts';

/** The router's state as others may see it. All are cheap enough to be asked on every event. */

/** An agent as shown to desktops. One the router was never told of is signed out and out of reach. */
export function agentView(state: RouterState, agentId: AgentId, profile: { readonly name: string; readonly extension: string }): AgentView {
  const agent = agentOf(state, agentId) ?? newAgent(agentId, 0);
  return {
    agentId,
    name: profile.name,
    extension: profile.extension,
    presence: agent.presence,
    notReadyReason: agent.notReadyReason,
    workState: workStateOf(agent),
    since: agent.changedAt,
    skills: Object.entries(agent.skills)
      .map(([skill, level]) => ({ skill, level }))
      .sort((a, b) => b.level - a.level || (a.skill < b.skill ? -1 : 1)),
  };
}

/**
 * A queue as shown to desktops. `waiting` counts everybody no agent has answered yet, also those whose offer rings now; `agentsFree` those
 * who could be offered its work this moment. One the router was never told of is empty and named by its id.
 */
export function queueView(state: RouterState, queueId: QueueId): QueueView {
  const line = queueTable.get(state.queues, queueId);
  return {
    queueId,
    name: line?.queue.name ?? { en: queueId, zh: queueId },
    waiting: sizeOf(line?.waiting ?? null),
    longestWaitSince: firstOf(line?.byWait ?? null)?.key.queuedAt ?? null,
    agentsFree: sizeOf(line?.free ?? null),
  };
}

/** How many-th in its queue, from 1; null when it does not wait. */
export function positionOf(state: RouterState, workItemId: WorkItemId): number | null {
  const item = itemOf(state, workItemId);
  const line = item && queueTable.get(state.queues, item.queueId);
  return item && line ? placeTable.rank(line.waiting, item) + 1 : null;
}

export function agentOf(state: RouterState, agentId: AgentId): RouterAgent | null {
  return agentTable.get(state.agents, agentId);
}

export function itemOf(state: RouterState, workItemId: WorkItemId): WaitingItem | null {
  return itemTable.get(state.items, workItemId);
}

export function reservationOf(state: RouterState, reservationId: ReservationId): Reservation | null {
  return reservationsTable.get(state.reservations, reservationId);
}

export function queueOf(state: RouterState, queueId: QueueId): Queue | null {
  return queueTable.get(state.queues, queueId)?.queue ?? null;
}

export function queuesOf(state: RouterState): readonly Queue[] {
  return [...valuesOf(state.queues)].map((line) => line.queue);
}

export function agentsOf(state: RouterState): readonly RouterAgent[] {
  return [...valuesOf(state.agents)];
}
