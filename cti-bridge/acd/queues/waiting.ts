import type { Reason } from '../../../shared/contracts/queue.ts';
import type { QueueId } from '../../../shared/ids.ts';
import { whyClosed, whyFull, whyOverflowed, whyTooLong, whyWidened } from '../explain.ts';
import type { QueueDiversion, QueueLine, RouterDecision, WaitingItem } from '../model.ts';
import { sizeOf } from '../sorted-map.ts';
import type { Turn } from '../turn.ts';
import { overflowOf, waitLimitOf } from './moments.ts';
import { isWorthWaitingFor, withNextPreferred } from './preferences.ts';
import { ringAfter } from './queue-line.ts';

/** What a queue does with those who wait in it: lets them in, widens the search for them, gives them on, gives them up. */

type DivertedBy = Extract<RouterDecision, { type: 'divert' }>['why'];

/** Into a queue, if it is open and has room. */
export function enter(turn: Turn, line: QueueLine, arriving: WaitingItem): void {
  const { queue } = line;
  // Where it was before may have had wider rings. A call-back that the queue cannot keep as a call stays in its line, too.
  const item = { ...arriving, ring: ringAfter(queue, turn.at - arriving.queuedAt) };
  if (!line.isOpen && !item.isCallback) {
    const action = possible(turn, item, queue.whenClosed) ? queue.whenClosed : ({ to: 'announce', prompt: 'queue-closed' } as const);
    return divert(turn, item, action, 'closed', whyClosed(queue));
  }
  const waiting = sizeOf(line.waiting);
  const isFull = queue.maxWaiting !== null && waiting >= queue.maxWaiting && item.rank === 'usual';
  if (isFull && possible(turn, item, queue.whenFull)) return divert(turn, item, queue.whenFull, 'full', whyFull(queue, waiting));
  turn.putItem(withNextPreferred(turn, item, queue));
}

/**
 * Brings a waiting item up to what time has made of it. To be called when its moment has come and when an offer of it has come to nothing;
 * while it rings it is left alone.
 */
export function settle(turn: Turn, item: WaitingItem): void {
  const line = turn.line(item.queueId);
  if (line === null || item.reservationIds.length > 0) return;
  const { queue } = line;
  const limit = waitLimitOf(item, queue);
  if (limit !== null && limit <= turn.at && possible(turn, item, queue.whenWaitedTooLong)) {
    return divert(turn, item, queue.whenWaitedTooLong, 'waitedTooLong', whyTooLong(queue, item, turn.at));
  }
  const overflowAt = overflowOf(item, queue);
  if (queue.overflow !== null && overflowAt !== null && overflowAt <= turn.at && turn.line(queue.overflow.queueId) !== null) {
    return move(turn, item, queue.overflow.queueId, whyOverflowed(queue));
  }
  const ring = ringAfter(queue, turn.at - item.queuedAt);
  if (ring > item.ring) {
    const { workItemId, interactionId, queueId } = item;
    turn.decide({ type: 'widen', workItemId, interactionId, queueId, ring, reasons: whyWidened(queue, ring) });
  }
  const { preferred } = item;
  const isOver = preferred !== null && (preferred.until <= turn.at || !isWorthWaitingFor(turn, item, queue, preferred));
  turn.putItem(isOver ? withNextPreferred(turn, { ...item, ring, preferred: null }, queue) : { ...item, ring });
}

/** Out of one queue and into another, at the place of its arrival. */
export function move(turn: Turn, item: WaitingItem, to: QueueId, reasons: readonly Reason[]): void {
  const line = turn.line(to);
  const from = turn.line(item.queueId);
  if (line === null) return;
  turn.liftItem(item.workItemId);
  const { workItemId, interactionId } = item;
  turn.decide({ type: 'move', workItemId, interactionId, from: item.queueId, to, reasons });
  const isLetPass = item.tier !== null && line.queue.bypassTiers.includes(item.tier);
  enter(turn, line, {
    ...item,
    queueId: to,
    // Standing first in one queue is no right in another; who lost an agent keeps it everywhere.
    rank: item.rank === 'returned' ? 'returned' : isLetPass ? 'bypass' : 'usual',
    // A priority of its own is kept; the queue's own gives way to the new queue's.
    priority: from !== null && item.priority === from.queue.priority ? line.queue.priority : item.priority,
    enteredAt: turn.at,
    preferred: null,
    preferences: [],
    tried: [],
    queueIds: [...item.queueIds.filter((id) => id !== to), to],
  });
}

/** The queue cannot keep it, and `action`, which must be possible, says what happens. Only a call-back stays in line. */
export function divert(turn: Turn, item: WaitingItem, action: QueueDiversion, why: DivertedBy, reasons: readonly Reason[]): void {
  if (action.to === 'queue') return move(turn, item, action.queueId, reasons);
  const { workItemId, interactionId, queueId } = item;
  if (action.to === 'callback') turn.putItem({ ...item, isCallback: true, preferred: null, preferences: [] });
  else turn.liftItem(workItemId);
  turn.decide({ type: 'divert', workItemId, interactionId, queueId, why, action, reasons });
}

/** An item never goes back to a queue it has been in; so no circle of queues turns for ever. */
function possible(turn: Turn, item: WaitingItem, action: QueueDiversion): boolean {
  return action.to !== 'queue' || (turn.line(action.queueId) !== null && !item.queueIds.includes(action.queueId));
}
