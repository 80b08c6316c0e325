import type { AgentView } from '../../shared/contracts/agent.ts';
import { queueChannels } from '../../shared/contracts/configuration.ts';
import type { QueueView } from '../../shared/contracts/queue.ts';
import type { AgentId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import { mayTake, newAgent, workStateOf } from './agents/agent.ts';
import type { Queue, QueueLine, Reservation, RouterAgent, RouterState, WaitingItem } from './model.ts';
import { placeOf } from './queues/queue-line.ts';
import { entriesOf, firstOf, sizeOf, valuesOf } from './sorted-map.ts';
import { agentTable, assignedTable, itemTable, placeTable, queueTable, reservationsTable } from './tables.ts';

/** The router's state as others may see it. All but the lists are cheap enough to be asked on every event. */

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
    skills: Object.entries(agent.settings.skills)
      .map(([skill, level]) => ({ skill, level }))
      .sort((a, b) => b.level - a.level || (a.skill < b.skill ? -1 : 1)),
    room: roomOf(agent),
  };
}

function roomOf({ settings, works }: RouterAgent): NonNullable<AgentView['room']> {
  return queueChannels.flatMap((channel) => {
    const most = settings.capacity[channel]?.max ?? 0;
    return most === 0 ? [] : { channel, inHand: works.filter((work) => work.channel === channel).length, most };
  });
}

/**
 * A queue as shown to desktops. `waiting` counts everybody no agent has answered yet, also those whose offer rings now; `agentsFree` those
 * who could be offered its work this moment. One the router was never told of is empty and named by its id.
 */
export function queueView(state: RouterState, queueId: QueueId): QueueView {
  const line = lineOf(state, queueId);
  return {
    queueId,
    name: line?.queue.name ?? { en: queueId, zh: queueId },
    waiting: sizeOf(line?.waiting ?? null),
    longestWaitSince: firstOf(line?.byWait ?? null)?.key.queuedAt ?? null,
    agentsFree: line === null ? 0 : freeOf(line),
    takesCalls: line?.queue.channel === 'voice',
  };
}

/** How many could be offered the queue's work now, as far as it ever widens. */
function freeOf(line: QueueLine): number {
  return line.free.reduce((sum, free) => sum + sizeOf(free), 0);
}

/** How many-th in its queue, from 1; null when it does not wait. */
export function positionOf(state: RouterState, workItemId: WorkItemId): number | null {
  const item = itemOf(state, workItemId);
  const line = item && lineOf(state, item.queueId);
  return item && line ? placeTable.rank(line.waiting, placeOf(item, line.queue)) + 1 : null;
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

export function lineOf(state: RouterState, queueId: QueueId): QueueLine | null {
  return queueTable.get(state.queues, queueId);
}

/** Who took the item and has it still; null when nobody. */
export function ownerOf(state: RouterState, workItemId: WorkItemId): AgentId | null {
  return assignedTable.get(state.assigned, workItemId);
}

export function queueOf(state: RouterState, queueId: QueueId): Queue | null {
  return lineOf(state, queueId)?.queue ?? null;
}

export function queuesOf(state: RouterState): readonly Queue[] {
  return linesOf(state).map((line) => line.queue);
}

export function linesOf(state: RouterState): readonly QueueLine[] {
  return [...valuesOf(state.queues)];
}

export function agentsOf(state: RouterState): readonly RouterAgent[] {
  return [...valuesOf(state.agents)];
}

/** The queue's people, with the first ring that asks for each. */
export function membersOf(state: RouterState, line: QueueLine): readonly { readonly agent: RouterAgent; readonly ring: number }[] {
  return [...entriesOf(line.members)].flatMap(({ key, value }) => {
    const agent = agentOf(state, key);
    return agent === null ? [] : [{ agent, ring: value }];
  });
}

/** Who could take a call of this queue at this moment: of its innermost ring first, among them who has been idle the longest. */
export function freeIn(state: RouterState, line: QueueLine): readonly AgentId[] {
  return membersOf(state, line)
    .filter(({ agent }) => mayTake(agent, line.queue.channel))
    .toSorted((one, other) => one.ring - other.ring || one.agent.idleSince - other.agent.idleSince)
    .map(({ agent }) => agent.agentId);
}

/** Who waits in a queue, first in line first. */
export function waitingIn(state: RouterState, line: QueueLine): readonly WaitingItem[] {
  return [...valuesOf(line.waiting)].flatMap((id) => itemOf(state, id) ?? []);
}
