import type { AgentId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import type { Deadline, FreePlace, Place, QueueLine, Reservation, RouterAgent, WaitingItem } from './model.ts';
import { type SortedMap, sortedMap } from './sorted-map.ts';

/** The orders of the router's maps. Every order is total, so that two runs over the same events look at everything in the same sequence. */

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const queueTable = sortedMap<QueueId, QueueLine>(byText);
export const agentTable = sortedMap<AgentId, RouterAgent>(byText);
export const itemTable = sortedMap<WorkItemId, WaitingItem>(byText);
export const reservationsTable = sortedMap<ReservationId, Reservation>(byText);
export const assignedTable = sortedMap<WorkItemId, AgentId>(byText);
export const heldTable = sortedMap<AgentId, SortedMap<Place, WorkItemId>>(byText);
export const memberTable = sortedMap<AgentId, number>(byText);

/** The best item of one queue first: its rank, then priority and arrival as one score, then lower place. */
export function byPlace(a: Place, b: Place): number {
  return a.rank - b.rank || a.score - b.score || a.place - b.place || byText(a.workItemId, b.workItemId);
}

export const placeTable = sortedMap<Place, WorkItemId>(byPlace);
export const waitTable = sortedMap<Place, WorkItemId>((a, b) => a.queuedAt - b.queuedAt || byText(a.workItemId, b.workItemId));
export const freeTable = sortedMap<FreePlace, AgentId>(
  (a, b) => a.rank - b.rank || a.idleSince - b.idleSince || byText(a.agentId, b.agentId),
);
export const deadlineTable = sortedMap<Deadline, true>((a, b) => a.at - b.at || byText(a.kind, b.kind) || byText(a.id, b.id));
