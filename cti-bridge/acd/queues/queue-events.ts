import type { QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import type { QueueId, WorkItemId } from '../../../shared/ids.ts';
import { withWork, workOf } from '../agents/agent.ts';
import { withMembership } from '../agents/memberships.ts';
import { whyClosed } from '../explain.ts';
import type { QueueLine, RouterAgent, RouterEvent, WaitingItem } from '../model.ts';
import { mediaFailed, triedBy, withdraw } from '../reservation.ts';
import { entriesOf, valuesOf } from '../sorted-map.ts';
import type { Turn } from '../turn.ts';
import { itemNeeds } from './item-needs.ts';
import { queueFrom } from './queue-from.ts';
import { emptyLine, ringAfter, ringFor } from './queue-line.ts';
import { divert, enter, move } from './waiting.ts';

type EventOf<Type extends RouterEvent['type']> = Extract<RouterEvent, { type: Type }>;

/** What happens to queues and to what waits in them. An event for a queue or an item the router does not know changes nothing. */

/** A new queue, or a known one with new settings: who waits keeps their place in the order of arrival, and every agent is measured anew. */
export function queueConfigured(turn: Turn, configuration: QueueConfiguration): void {
  const queue = queueFrom(configuration);
  const known = turn.line(queue.queueId);
  const waiting = known === null ? [] : itemsOf(turn, known);
  for (const { workItemId } of waiting) turn.liftItem(workItemId);
  if (known !== null) leaveAll(turn, known);
  const { isOpen, handling, turn: dealt } = known ?? emptyLine(queue);
  turn.putLine(queue.queueId, { ...emptyLine(queue), isOpen, handling, turn: dealt });
  for (const agent of [...valuesOf(turn.state.agents)]) {
    const ring = ringFor(agent.settings, queue);
    if (ring !== null) turn.putAgent(withMembership(agent, queue.queueId, ring));
  }
  for (const item of waiting) turn.putItem({ ...item, ring: ringAfter(queue, turn.at - item.queuedAt) });
}

export function queueRemoved(turn: Turn, { queueId, to }: EventOf<'queue:removed'>): void {
  const line = turn.line(queueId);
  if (line === null) return;
  const target = to === null || to === queueId ? null : turn.line(to);
  for (const { workItemId } of itemsOf(turn, line)) {
    const item = withdrawAll(turn, workItemId, 'released');
    if (item === null) continue;
    if (target !== null) move(turn, item, target.queue.queueId, whyClosed(line.queue));
    else divert(turn, item, { to: 'announce', prompt: 'queue-closed' }, 'closed', whyClosed(line.queue));
  }
  leaveAll(turn, turn.line(queueId) ?? line);
  turn.removeLine(queueId);
}

/** Who is in line when a queue closes is still served; call-backs wait for the next opening. */
export function queueHours(turn: Turn, queueId: QueueId, isOpen: boolean): void {
  const line = turn.line(queueId);
  if (line === null || line.isOpen === isOpen) return;
  const callbacks = itemsOf(turn, line).filter((item) => item.isCallback);
  for (const { workItemId } of callbacks) turn.liftItem(workItemId);
  turn.putLine(queueId, { ...(turn.line(queueId) ?? line), isOpen });
  for (const item of callbacks) turn.putItem(item);
}

/** Nothing is ever queued twice: an item that waits already, or that an agent has, stays where it is. */
export function itemQueued(turn: Turn, event: EventOf<'item:queued'>): void {
  const line = turn.line(event.queueId);
  if (line === null || turn.item(event.workItemId) !== null || turn.ownerOf(event.workItemId) !== null) return;
  const { tier, preferences } = event;
  const isLetPass = tier !== null && line.queue.bypassTiers.includes(tier);
  enter(turn, line, {
    ...arrival(turn, event, Math.min(turn.at, event.queuedAt ?? turn.at)),
    isCallback: event.isCallback ?? false,
    priority: event.priority ?? line.queue.priority,
    tier,
    rank: isLetPass ? 'bypass' : 'usual',
    preferences,
  });
}

/** The customer left. Offers that ring for them are withdrawn, and the agents keep their place among the idle. */
export function itemGone(turn: Turn, workItemId: WorkItemId): void {
  withdrawAll(turn, workItemId, 'callerLeft');
  turn.liftItem(workItemId);
}

/** A supervisor gave it another priority, or another queue; what rings is taken back for the latter. */
export function itemChanged(turn: Turn, { workItemId, priority, queueId }: EventOf<'item:changed'>): void {
  const found = turn.item(workItemId);
  if (found === null) return;
  if (priority !== null) turn.putItem({ ...found, priority });
  if (queueId === null || queueId === found.queueId || turn.line(queueId) === null) return;
  const item = withdrawAll(turn, workItemId, 'released');
  if (item !== null) move(turn, item, queueId, [{ code: 'supervisorMoved', facts: {} }]);
}

/** The caller went home and is called back: no wait is too long any more, and the place is kept. */
export function itemCallback(turn: Turn, workItemId: WorkItemId): void {
  const item = turn.item(workItemId);
  if (item !== null) turn.putItem({ ...item, isCallback: true });
}

/** An accepted item whose agent or media was lost: back to the front, waiting since it first did. The agent it comes from is asked last. */
export function itemReturned(turn: Turn, event: EventOf<'item:returned'>): void {
  const owner = turn.ownerOf(event.workItemId);
  const line = turn.line(event.queueId);
  if (line === null || turn.item(event.workItemId) !== null || (owner !== null && owner !== event.agentId)) return;
  const agent = turn.agent(event.agentId);
  if (agent !== null && workOf(agent, event.workItemId) !== null) {
    const freed = withWork(agent, event.workItemId, null);
    if (event.isDeviceFault) mediaFailed(turn, freed, event.queueId);
    else turn.putAgent(freed);
  }
  const item: WaitingItem = {
    ...arrival(turn, event, event.queuedAt),
    priority: event.priority,
    rank: 'returned',
    ring: ringAfter(line.queue, turn.at - event.queuedAt),
  };
  turn.putItem(triedBy(turn, item, event.agentId));
}

function arrival(turn: Turn, event: EventOf<'item:queued'> | EventOf<'item:returned'>, queuedAt: number): WaitingItem {
  const { workItemId, interactionId, queueId } = event;
  return {
    workItemId,
    interactionId,
    queueId,
    priority: 0,
    tier: null,
    isCallback: false,
    queuedAt,
    enteredAt: turn.at,
    place: turn.takePlace(),
    rank: 'usual',
    ring: 0,
    preferred: null,
    preferences: [],
    tried: [],
    missedOffers: 0,
    reservationIds: [],
    queueIds: [queueId],
    wakesAt: null,
    ...itemNeeds(event),
  };
}

/** Takes back every offer of the item; it only waits then. Null when it does not wait at all. */
function withdrawAll(turn: Turn, workItemId: WorkItemId, cause: 'callerLeft' | 'released'): WaitingItem | null {
  for (const reservationId of turn.item(workItemId)?.reservationIds ?? []) {
    const reservation = turn.reservation(reservationId);
    if (reservation !== null) withdraw(turn, reservation, cause);
  }
  return turn.item(workItemId);
}

function itemsOf(turn: Turn, line: QueueLine): WaitingItem[] {
  return [...valuesOf(line.waiting)].flatMap((id) => turn.item(id) ?? []);
}

function leaveAll(turn: Turn, line: QueueLine): void {
  for (const agent of [...entriesOf(line.members)].flatMap(({ key }): RouterAgent[] => [turn.agent(key)].filter((a) => a !== null))) {
    turn.putAgent(withMembership(agent, line.queue.queueId, null));
  }
}
