import { meets } from '../../../shared/skill-expression.ts';
import { isServing, mayTake } from '../agents/agent.ts';
import type { AgentSettings, FreePlace, Place, Queue, QueueLine, RouterAgent, WaitingItem } from '../model.ts';
import { strategies } from '../strategies/by-name.ts';
import { freeTable, memberTable, placeTable, waitTable } from '../tables.ts';

/** One queue's orders, kept in step: who waits, who of them has no offer, and which agents are free for them. */

export function emptyLine(queue: Queue): QueueLine {
  return {
    queue,
    isOpen: true,
    waiting: null,
    byWait: null,
    pending: queue.rings.map(() => null),
    free: queue.rings.map(() => null),
    members: null,
    serving: 0,
    handling: { count: 0, averageMs: 0 },
    turn: 0,
  };
}

const ranks = { returned: 0, bypass: 1, usual: 2 } as const;

/**
 * Where an item stands. With ageing, waiting `ageingMsPerPoint` is worth one point of priority; all items age alike, so who stands before
 * whom never changes and the order can be kept: by `queuedAt - priority * ageingMsPerPoint`. So nobody is passed for longer than the
 * difference of priorities times that.
 */
export function placeOf(item: WaitingItem, queue: Queue): Place {
  const { place, queuedAt, workItemId } = item;
  const score = queue.ageingMsPerPoint === null ? -item.priority : queuedAt - item.priority * queue.ageingMsPerPoint;
  return { rank: ranks[item.rank], score, place, queuedAt, workItemId };
}

/** Priority and what waiting has added to it. */
export function risenPriority(item: Pick<WaitingItem, 'priority' | 'queuedAt'>, queue: Queue, at: number): number {
  return item.priority + (queue.ageingMsPerPoint === null ? 0 : Math.max(0, at - item.queuedAt) / queue.ageingMsPerPoint);
}

/** Says whether anybody of the queue may be given it now: it has no offer, waits for nobody in particular, and its queue is at work. */
export function isPending(item: WaitingItem, line: QueueLine): boolean {
  return item.reservationIds.length === 0 && item.preferred === null && (line.isOpen || !item.isCallback);
}

/** Puts the item in line; it must not be there yet (`withoutItem` first). */
export function withItem(line: QueueLine, item: WaitingItem): QueueLine {
  const place = placeOf(item, line.queue);
  return {
    ...line,
    waiting: placeTable.set(line.waiting, place, item.workItemId),
    byWait: waitTable.set(line.byWait, place, item.workItemId),
    pending: isPending(item, line) ? replaced(line.pending, item.ring, (map) => placeTable.set(map, place, item.workItemId)) : line.pending,
  };
}

export function withoutItem(line: QueueLine, item: WaitingItem): QueueLine {
  const place = placeOf(item, line.queue);
  return {
    ...line,
    waiting: placeTable.delete(line.waiting, place),
    byWait: waitTable.delete(line.byWait, place),
    pending: replaced(line.pending, item.ring, (map) => placeTable.delete(map, place)),
  };
}

/** Where the agent stands among those free for the queue; null while none of its work may be offered to them. */
export function freePlaceOf(agent: RouterAgent, line: QueueLine): FreePlace | null {
  if (!mayTake(agent, line.queue.channel)) return null;
  return { rank: strategies[line.queue.strategy].rank(agent, line.queue), idleSince: agent.idleSince, agentId: agent.agentId };
}

export function withFree(line: QueueLine, ring: number, place: FreePlace): QueueLine {
  return { ...line, free: replaced(line.free, ring, (map) => freeTable.set(map, place, place.agentId)) };
}

export function withoutFree(line: QueueLine, ring: number, place: FreePlace): QueueLine {
  return { ...line, free: replaced(line.free, ring, (map) => freeTable.delete(map, place)) };
}

export function withMember(line: QueueLine, agent: RouterAgent, ring: number): QueueLine {
  const serving = line.serving + Number(isServing(agent, line.queue.channel));
  return { ...line, members: memberTable.set(line.members, agent.agentId, ring), serving };
}

export function withoutMember(line: QueueLine, agent: RouterAgent): QueueLine {
  const serving = line.serving - Number(isServing(agent, line.queue.channel));
  return { ...line, members: memberTable.delete(line.members, agent.agentId), serving };
}

/** The first ring of the queue that asks for such an agent; null when none does, or when they were taken out of the queue. */
export function ringFor(settings: AgentSettings, queue: Queue): number | null {
  if (settings.leftQueueIds.includes(queue.queueId)) return null;
  const ring = queue.rings.findIndex(({ needs }) => meets(needs, settings.skills));
  return ring < 0 ? null : ring;
}

/** The ring that has been reached after so long a wait. */
export function ringAfter(queue: Queue, waitedMs: number): number {
  let ring = 0;
  while (ring + 1 < queue.rings.length && (queue.rings[ring + 1]?.afterMs ?? 0) <= waitedMs) ring++;
  return ring;
}

function replaced<Part>(parts: readonly Part[], index: number, change: (part: Part) => Part): readonly Part[] {
  const before = parts[index];
  if (before === undefined) return parts;
  const after = change(before);
  return after === before ? parts : parts.with(index, after);
}
