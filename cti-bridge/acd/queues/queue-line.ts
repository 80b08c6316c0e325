import type { Place, Queue, QueueLine, RouterAgent, WaitingItem } from '../model.ts';
import { idleTable, placeTable, waitTable } from '../tables.ts';

/** One queue's orders, kept in step: who waits, who of them has no offer, and which agents are free for them. */

export function emptyLine(queue: Queue): QueueLine {
  return { queue, waiting: null, pending: null, byWait: null, free: null };
}

export function placeOf(item: Place): Place {
  return { isReturned: item.isReturned, priority: item.priority, place: item.place, queuedAt: item.queuedAt, workItemId: item.workItemId };
}

/** Puts the item in line, or notes that its offer began or ended. Its place is the same before and after. */
export function withItem(line: QueueLine, item: WaitingItem): QueueLine {
  const place = placeOf(item);
  const isPending = item.state.kind === 'pending';
  return {
    ...line,
    waiting: placeTable.set(line.waiting, place, item.workItemId),
    byWait: waitTable.set(line.byWait, place, item.workItemId),
    pending: isPending ? placeTable.set(line.pending, place, item.workItemId) : placeTable.delete(line.pending, place),
  };
}

export function withoutItem(line: QueueLine, item: WaitingItem): QueueLine {
  return {
    ...line,
    waiting: placeTable.delete(line.waiting, item),
    byWait: waitTable.delete(line.byWait, item),
    pending: placeTable.delete(line.pending, item),
  };
}

export function withFreeAgent(line: QueueLine, agent: RouterAgent): QueueLine {
  return { ...line, free: idleTable.set(line.free, { idleSince: agent.idleSince, agentId: agent.agentId }, agent.agentId) };
}

export function withoutFreeAgent(line: QueueLine, agent: RouterAgent): QueueLine {
  return { ...line, free: idleTable.delete(line.free, agent) };
}
