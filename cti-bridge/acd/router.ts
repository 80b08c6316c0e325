import { assertNever } from '../../shared/assert-never.ts';
import { asId, type ReservationId, type WorkItemId } from '../../shared/ids.ts';
import {
  agentConfigured,
  agentRemoved,
  presenceSet,
  reachabilityChanged,
  supervising,
  workEnded,
  wrapUpEnded,
} from './agents/agent-events.ts';
import { match } from './matcher.ts';
import type { RouterDecision, RouterEvent, RouterState } from './model.ts';
import {
  itemCallback,
  itemChanged,
  itemGone,
  itemQueued,
  itemReturned,
  queueConfigured,
  queueHours,
  queueRemoved,
} from './queues/queue-events.ts';
import { settle } from './queues/waiting.ts';
import { accept, ask, fail } from './reservation.ts';
import { Turn } from './turn.ts';

export const emptyRouterState: RouterState = {
  runId: 'run',
  queues: null,
  agents: null,
  items: null,
  reservations: null,
  assigned: null,
  heldFor: null,
  deadlines: null,
  nextPlace: 1,
  nextFencing: 1,
};

/**
 * One step of the router. Reads as three sentences: what time has ended, ends; what happened, is noted; what now fits together, is offered.
 *
 * `at` is epoch ms from a clock that does not jump (a start time plus monotonic time). Events about ids the router does not know, or that
 * come too late, change nothing; only an acceptance is always answered. Decisions come in the order in which to perform them. The same
 * state, event and time give the same answer, always: nothing else goes in.
 */
export function route(
  state: RouterState,
  event: RouterEvent,
  at: number,
): { readonly state: RouterState; readonly decisions: readonly RouterDecision[] } {
  const turn = new Turn(state, at);
  endWhatIsDue(turn);
  note(turn, event);
  match(turn);
  return turn.finish(event.type === 'tick');
}

/** Leases that have run out end before anything else happens: an acceptance in the same millisecond is too late. */
function endWhatIsDue(turn: Turn): void {
  for (let due = turn.earliestDeadline(); due !== null && due.at <= turn.at; due = turn.earliestDeadline()) {
    turn.dropDeadline(due);
    if (due.kind === 'lease') {
      const reservation = turn.reservation(asId<ReservationId>(due.id));
      if (reservation !== null) fail(turn, reservation, 'noAnswer');
    } else {
      const item = turn.item(asId<WorkItemId>(due.id));
      if (item !== null) settle(turn, item);
    }
  }
}

function note(turn: Turn, event: RouterEvent): void {
  switch (event.type) {
    case 'router:started':
      return turn.begin(event.runId, event.nextFencing);
    case 'queue:configured':
      return queueConfigured(turn, event.queue);
    case 'queue:removed':
      return queueRemoved(turn, event);
    case 'queue:hours':
      return queueHours(turn, event.queueId, event.isOpen);
    case 'agent:configured':
      return agentConfigured(turn, event.agentId, event.settings);
    case 'agent:removed':
      return agentRemoved(turn, event.agentId);
    case 'agent:presenceSet':
      return presenceSet(turn, event.agentId, event.presence, event.reason);
    case 'agent:reachabilityChanged':
      return reachabilityChanged(turn, event.agentId, event.isReachable, event.isAtDesktop);
    case 'agent:supervising':
      return supervising(turn, event.agentId, event.isSupervising);
    case 'item:queued':
      return itemQueued(turn, event);
    case 'agent:asked':
      return ask(turn, event);
    case 'item:gone':
      return itemGone(turn, event.workItemId);
    case 'item:changed':
      return itemChanged(turn, event);
    case 'item:callback':
      return itemCallback(turn, event.workItemId);
    case 'item:returned':
      return itemReturned(turn, event);
    case 'reservation:accepted':
      return accept(turn, event.reservationId, event.fencing);
    case 'reservation:failed': {
      const reservation = turn.reservation(event.reservationId);
      return reservation === null ? undefined : fail(turn, reservation, event.cause);
    }
    case 'work:ended':
      return workEnded(turn, event.agentId, event.workItemId, event.wrapsUp);
    case 'wrapUp:ended':
      return wrapUpEnded(turn, event.agentId, event.workItemId);
    case 'tick':
      return;
    default:
      return assertNever(event, 'router event');
  }
}
