import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import { seconds } from '../../shared/duration.ts';
import { type AgentId, asId, type QueueId, type ReservationId, type WorkItemId } from '../../shared/ids.ts';
import { countsAgainstAgent, inputOfCause, reservationTable } from '../../shared/states/reservation.ts';
import { next } from '../../shared/states/state-table.ts';
import { mayBeAskedFor, setNotReady, withWork } from './agents/agent.ts';
import { explain } from './explain.ts';
import type { QueueLine, Reservation, RouterAgent, RouterEvent, WaitingItem } from './model.ts';
import { settle } from './queues/waiting.ts';
import { strategies } from './strategies/by-name.ts';
import type { Turn } from './turn.ts';

/**
 * The life of a reservation: offered under a lease, and ended exactly once, by one cause. It alone moves an item between "pending" and
 * "reserved" and an agent in and out of "reserved", both in the same breath, so neither can be left behind.
 */

type FailureCause = Exclude<ReservationCause, 'answered'>;

/** How long an agent whose offer came to nothing is left alone with the same item, when nobody else could take it. */
export const restMs = seconds(10);

/** Causes after which the agent is asked last for the same item, because it was theirs and came to nothing. */
const blocks: readonly FailureCause[] = ['rejected', 'noAnswer', 'deviceUnreachable', 'mediaFailed', 'agentGone'];
/** Causes after which the agent keeps the place in the line of the idle: they did nothing wrong and left nothing undone. */
const keepsPlace: readonly FailureCause[] = ['callerLeft', 'shutdown', 'answeredElsewhere', 'released'];

/** Offers one item to these agents: one, or with ring all several, of whom the first to accept has it. */
export function offer(turn: Turn, line: QueueLine, item: WaitingItem, chosen: readonly RouterAgent[], ofAgents: number): void {
  const { queue } = line;
  const reservations = chosen.map((agent): Reservation => {
    const fencing = turn.takeFencing();
    return {
      state: 'pending',
      reservationId: asId<ReservationId>(`${turn.state.runId}-${fencing}`),
      workItemId: item.workItemId,
      interactionId: item.interactionId,
      agentId: agent.agentId,
      queueId: item.queueId,
      fencing,
      offeredAt: turn.at,
      expiresAt: turn.at + queue.ringTimeoutMs,
      reasons: explain(line, item, { agent, ofAgents }, turn.at),
    };
  });
  turn.putItem({ ...item, reservationIds: reservations.map(({ reservationId }) => reservationId) });
  for (const reservation of reservations) {
    turn.putReservation(reservation);
    const agent = turn.agent(reservation.agentId);
    if (agent !== null) turn.putAgent(dealt(turn, withOffer(agent, line, reservation), reservation));
    turn.decide({ type: 'offer', reservation });
  }
}

/**
 * Asks one agent for a contact that stands in no queue: there is no item, so whatever ends the offer unanswered ends all there is of it.
 * Nothing happens where they cannot be asked.
 */
export function ask(
  turn: Turn,
  { agentId, by, workItemId, interactionId, queueId, isTheirs }: Extract<RouterEvent, { type: 'agent:asked' }>,
): void {
  const line = turn.line(queueId);
  const agent = turn.agent(agentId);
  if (line === null || agent === null) return;
  // Who listens in is asked by nobody but themselves, to take over what they listen to.
  const here = by === agentId ? { ...agent, isSupervising: false } : agent;
  if (!isTheirs && !mayBeAskedFor(here, line.queue.channel)) return;
  if (by === null) takeOut(turn, workItemId);
  if (turn.item(workItemId) !== null || turn.ownerOf(workItemId) !== null) return;
  const fencing = turn.takeFencing();
  const reservation: Reservation = {
    state: 'pending',
    reservationId: asId<ReservationId>(`${turn.state.runId}-${fencing}`),
    workItemId,
    interactionId,
    agentId,
    queueId,
    fencing,
    offeredAt: turn.at,
    expiresAt: turn.at + line.queue.ringTimeoutMs,
    reasons: [by === null ? { code: 'supervisorGave', facts: {} } : { code: 'askedFor', facts: { agentId: by } }],
    askedBy: by,
  };
  turn.putReservation(reservation);
  turn.putAgent(withOffer(turn.agent(agentId) ?? agent, turn.line(queueId) ?? line, reservation));
  turn.decide({ type: 'offer', reservation });
}

/** Out of its queue, and out of the hands of those it is offered to, whoever they are. */
function takeOut(turn: Turn, workItemId: WorkItemId): void {
  for (const reservationId of turn.item(workItemId)?.reservationIds ?? []) {
    const reservation = turn.reservation(reservationId);
    if (reservation !== null) withdraw(turn, reservation, 'released');
  }
  turn.liftItem(workItemId);
}

/** The one way to get an item: the named reservation lives, and the number is the one it was offered under. */
export function accept(turn: Turn, reservationId: ReservationId, fencing: number): void {
  const reservation = turn.reservation(reservationId);
  const item = reservation && turn.item(reservation.workItemId);
  const agent = reservation && turn.agent(reservation.agentId);
  if (!reservation || !agent || (item === null && reservation.askedBy === undefined))
    return turn.decide({ type: 'refuseAcceptance', reservationId, why: 'gone' });
  if (reservation.fencing !== fencing) return turn.decide({ type: 'refuseAcceptance', reservationId, why: 'staleFencing' });

  turn.removeReservation(reservation);
  turn.putAgent({
    ...withWork(agent, reservation.workItemId, { state: 'engaged', since: turn.at, acceptedAt: turn.at }),
    missedInARow: 0,
    lastMissed: null,
    idleSince: turn.at,
  });
  turn.decide({ type: 'accept', reservation: ended(reservation, 'answered') });
  for (const otherId of item?.reservationIds ?? []) {
    const other = turn.reservation(otherId);
    if (other !== null) withdraw(turn, other, 'answeredElsewhere');
  }
  turn.liftItem(reservation.workItemId);
}

/** Ends a reservation without acceptance, and draws what follows from it for the item and the agent. */
export function fail(turn: Turn, reservation: Reservation, cause: FailureCause): void {
  withdraw(turn, reservation, cause);
  blame(turn, reservation, cause);
  const item = turn.item(reservation.workItemId);
  if (item === null) return;
  if (cause !== 'callerLeft') return settle(turn, item);
  for (const otherId of item.reservationIds) {
    const other = turn.reservation(otherId);
    if (other !== null) withdraw(turn, other, cause);
  }
  turn.liftItem(item.workItemId);
}

/** Ends a reservation without acceptance and gives both sides back: the agent's hands are free of it, the item stands at its old place. */
export function withdraw(turn: Turn, reservation: Reservation, cause: FailureCause): void {
  turn.removeReservation(reservation);
  turn.decide({ type: 'withdraw', reservation: ended(reservation, cause), cause, countsAgainstAgent: countsAgainstAgent(cause) });
  const agent = turn.agent(reservation.agentId);
  if (agent !== null) {
    const freed = withWork(agent, reservation.workItemId, null);
    const wasMissed = blocks.includes(cause);
    turn.putAgent(wasMissed ? { ...freed, lastMissed: { at: turn.at, cause } } : freed, keepsPlace.includes(cause));
  }
  const item = turn.item(reservation.workItemId);
  if (item === null) return;
  const left = { ...item, reservationIds: item.reservationIds.filter((id) => id !== reservation.reservationId) };
  if (!blocks.includes(cause)) return turn.putItem(left);
  turn.putItem(triedBy(turn, { ...left, missedOffers: left.missedOffers + 1 }, reservation.agentId));
}

/** No blame, but a device on which sound fails again and again would swallow one caller after another. */
export function mediaFailed(turn: Turn, agent: RouterAgent, queueId: QueueId): void {
  const failed = { ...agent, failedMediaInARow: agent.failedMediaInARow + 1 };
  if (failed.failedMediaInARow < limitOf(turn, queueId)) turn.putAgent(failed);
  else takeOff(turn, failed, 'deviceUnreachable');
}

/** Notes that this agent had the item and lost it: others come first, and a rest before the same agent again. */
export function triedBy(turn: Turn, item: WaitingItem, agentId: AgentId): WaitingItem {
  const agent = turn.agent(agentId);
  if (agent === null) return item;
  const others = item.tried.filter((tried) => tried.agentId !== agentId);
  return { ...item, tried: [...others, { agentId, restsUntil: turn.at + restMs, freshStarts: agent.freshStarts }] };
}

function blame(turn: Turn, reservation: Reservation, cause: FailureCause): void {
  const agent = turn.agent(reservation.agentId);
  if (agent === null) return;
  switch (cause) {
    case 'noAnswer': {
      const missed = { ...agent, missedInARow: agent.missedInARow + 1 };
      return missed.missedInARow < limitOf(turn, reservation.queueId) ? turn.putAgent(missed) : takeOff(turn, missed, 'noAnswer');
    }
    case 'mediaFailed':
      return mediaFailed(turn, agent, reservation.queueId);
    case 'rejected': // They are at the desk, so what rang unanswered before was no absence.
      return turn.putAgent({ ...agent, missedInARow: 0 });
    case 'deviceUnreachable': // The phone was offered work and did not even ring: the next caller would be lost on it too.
      return takeOff(turn, agent, 'deviceUnreachable');
    case 'agentGone': // The news that nobody can be reached there may come later than this.
      return turn.putAgent({ ...agent, ...(isWritten(turn, reservation) ? { isAtDesktop: false } : { isReachable: false }) });
    case 'callerLeft':
    case 'shutdown':
    case 'answeredElsewhere':
    case 'released':
      return;
  }
}

function withOffer(
  agent: RouterAgent,
  { queue }: QueueLine,
  { workItemId, interactionId, reservationId, offeredAt }: Reservation,
): RouterAgent {
  const work = { workItemId, interactionId, queueId: queue.queueId, channel: queue.channel, reservationId } as const;
  return { ...agent, works: [...agent.works, { ...work, state: 'reserved', since: offeredAt, acceptedAt: null }] };
}

/** Where the queue deals work out, this offer was the agent's turn. */
function dealt(turn: Turn, agent: RouterAgent, { queueId, fencing }: Reservation): RouterAgent {
  const line = turn.line(queueId);
  const after = line && strategies[line.queue.strategy].turnAfter?.(agent, line.queue, line.turn, fencing);
  if (!line || !after) return agent;
  turn.putLine(queueId, { ...line, turn: after.queue });
  return { ...agent, turns: { ...agent.turns, [queueId]: after.agent } };
}

function isWritten(turn: Turn, { queueId }: Reservation): boolean {
  return (turn.line(queueId)?.queue.channel ?? 'voice') !== 'voice';
}

function limitOf(turn: Turn, queueId: QueueId): number {
  return turn.line(queueId)?.queue.missesBeforeNotReady ?? 1;
}

function takeOff(turn: Turn, agent: RouterAgent, reason: 'noAnswer' | 'deviceUnreachable'): void {
  const next = setNotReady(agent, reason);
  turn.putAgent(next);
  if (next !== agent) turn.decide({ type: 'setNotReady', agentId: agent.agentId, reason });
}

function ended(reservation: Reservation, cause: ReservationCause): Reservation {
  return { ...reservation, state: next(reservationTable, reservation.state, inputOfCause[cause]) ?? reservation.state };
}
