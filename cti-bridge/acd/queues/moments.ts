import type { Queue, WaitingItem } from '../model.ts';

/**
 * When time itself next changes something for a waiting item: the search widens, the preferred agent's time is over, an agent who missed it
 * has rested, the queue gives it on or gives it up. An item that rings is left alone until the offer is over. Null: never.
 */
export function nextMoment(item: WaitingItem, queue: Queue, at: number): number | null {
  if (item.reservationIds.length > 0) return null;
  let earliest = Number.POSITIVE_INFINITY;
  const consider = (moment: number) => {
    if (moment > at && moment < earliest) earliest = moment;
  };
  if (item.preferred !== null) consider(item.preferred.until);
  const wider = queue.rings[item.ring + 1];
  if (wider !== undefined) consider(item.queuedAt + wider.afterMs);
  for (const tried of item.tried) consider(tried.restsUntil);
  const limit = waitLimitOf(item, queue);
  if (limit !== null) consider(limit);
  const overflow = overflowOf(item, queue);
  if (overflow !== null) consider(overflow);
  return Number.isFinite(earliest) ? earliest : null;
}

/** When the queue gives the item up. Who had an agent already, or is called back, is not given up. */
export function waitLimitOf(item: WaitingItem, queue: Queue): number | null {
  return queue.maxWaitMs === null || item.rank === 'returned' || item.isCallback ? null : item.queuedAt + queue.maxWaitMs;
}

/** When the item goes on to the next queue, which it must not have been in. */
export function overflowOf(item: WaitingItem, queue: Queue): number | null {
  if (queue.overflow === null || item.rank === 'returned' || item.queueIds.includes(queue.overflow.queueId)) return null;
  return item.enteredAt + queue.overflow.afterMs;
}
