import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import { seconds } from '../../shared/duration.ts';
import type { QueueId, ReservationId } from '../../shared/ids.ts';
import { countsAgainstAgent, inputOfCause, reservationTable } from '../../shared/states/reservation.ts';
import { next } from '../../shared/states/state-table.ts';
import { setNotReady } from './agents/agent.ts';
import { explain } from './explain.ts';
import type { QueueLine, Reservation, RouterAgent, WaitingItem } from './model.ts';
import type { Strategy } from './strategies/strategy.ts';
import type { Turn } from './turn.ts';

/**
 * The life of a reservation: offered under a lease, and ended exactly once, by one cause. It alone moves an item between "pending" and
 * "reserved" and an agent in and out of "reserved", both in the same breath, so neither can be left behind.
 */

type FailureCause = Exclude<ReservationCause, 'answered'>;

/** How long an agent whose offer came to nothing is left alone with the same item, when nobody else could take it. */
export const restMs = seconds(10);

export function offer(
  turn: Turn,
  line: QueueLine,
  item: WaitingItem,
  chosen: { readonly agent: RouterAgent; readonly ofAgents: number; readonly strategy: Strategy },
): void {
  const reservation: Reservation = {
    state: 'pending',
    reservationId: turn.ids.next<ReservationId>(),
    workItemId: item.workItemId,
    interactionId: item.interactionId,
    agentId: chosen.agent.agentId,
    queueId: item.queueId,
    fencing: turn.takeFencing(),
    offeredAt: turn.at,
    expiresAt: turn.at + line.queue.ringTimeoutMs,
    reasons: explain(line, item, chosen, turn.at),
  };
  turn.putReservation(reservation);
  turn.putItem({ ...item, state: { kind: 'reserved', reservationId: reservation.reservationId } });
  turn.putAgent({ ...chosen.agent, work: { state: 'reserved', reservationId: reservation.reservationId, since: turn.at } });
  turn.decide({ type: 'offer', reservation });
}

/** The one way to get an item: the named reservation lives, and the number is the one it was offered under. */
export function accept(turn: Turn, reservationId: ReservationId, fencing: number): void {
  const reservation = turn.reservation(reservationId);
  const item = reservation && turn.item(reservation.workItemId);
  const agent = reservation && turn.agent(reservation.agentId);
  if (!reservation || !item || !agent) return turn.decide({ type: 'refuseAcceptance', reservationId, why: 'gone' });
  if (reservation.fencing !== fencing) return turn.decide({ type: 'refuseAcceptance', reservationId, why: 'staleFencing' });

  turn.removeReservation(reservation);
  turn.removeItem(item);
  turn.putAgent({
    ...agent,
    work: { state: 'engaged', workItemId: item.workItemId, since: turn.at },
    missedInARow: 0,
  });
  turn.decide({ type: 'accept', reservation: ended(reservation, 'answered') });
}

/** Ends a reservation without acceptance, and draws what follows from it for the agent. */
export function fail(turn: Turn, reservation: Reservation, cause: FailureCause): void {
  withdraw(turn, reservation, cause);
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
      return turn.putAgent({ ...agent, isReachable: false });
    case 'callerLeft':
    case 'shutdown':
      return;
  }
}

/**
 * Ends a reservation without acceptance and gives both sides back: the agent is idle, the item stands at its old place (or leaves, when
 * the caller did).
 */
export function withdraw(turn: Turn, reservation: Reservation, cause: FailureCause): void {
  turn.removeReservation(reservation);
  turn.decide({ type: 'withdraw', reservation: ended(reservation, cause), cause, countsAgainstAgent: countsAgainstAgent(cause) });

  const agent = turn.agent(reservation.agentId);
  if (agent !== null) turn.putAgent({ ...agent, work: { state: 'idle', since: turn.at } }, cause === 'callerLeft' || cause === 'shutdown');

  const item = turn.item(reservation.workItemId);
  if (item === null) return;
  if (cause === 'callerLeft') turn.removeItem(item);
  else turn.putItem(triedBy(turn, { ...item, state: { kind: 'pending' }, missedOffers: item.missedOffers + 1 }, agent));
}

/** No blame, but a device on which sound fails again and again would swallow one caller after another. */
export function mediaFailed(turn: Turn, agent: RouterAgent, queueId: QueueId): void {
  const failed = { ...agent, failedMediaInARow: agent.failedMediaInARow + 1 };
  if (failed.failedMediaInARow < limitOf(turn, queueId)) turn.putAgent(failed);
  else takeOff(turn, failed, 'deviceUnreachable');
}

/** Notes that this agent had the item and lost it: others come first, and a rest before the same agent again. */
export function triedBy(turn: Turn, item: WaitingItem, agent: RouterAgent | null): WaitingItem {
  if (agent === null) return item;
  const restsUntil = turn.at + restMs;
  turn.addDeadline({ at: restsUntil, kind: 'rest', id: item.workItemId });
  const others = item.tried.filter(({ agentId }) => agentId !== agent.agentId);
  return { ...item, tried: [...others, { agentId: agent.agentId, restsUntil, presenceChoices: agent.presenceChoices }] };
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
