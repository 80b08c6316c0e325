import { assertNever } from '../../shared/assert-never.ts';
import type { RoutingStep } from '../../shared/contracts/queue.ts';
import type { AgentId, QueueId, WorkItemId } from '../../shared/ids.ts';
import type { RouterDecision } from './model.ts';
import type { DecisionEntry, LoggedDecision } from './ports.ts';

/** The decision log as stories of single items. Pure; names of people are added by whoever shows them. */

/** A step of some item, before the agent has a name. */
export interface ItemStep extends Omit<RoutingStep, 'agentId' | 'agentName' | 'queueId'> {
  readonly workItemId: WorkItemId;
  readonly agentId: AgentId | null;
  /** Null where the event does not say: it left the queue of the step before. */
  readonly queueId: QueueId | null;
}

export function isLogged(decision: RouterDecision): decision is LoggedDecision {
  return decision.type !== 'agentChanged' && decision.type !== 'queueChanged' && decision.type !== 'wakeAt';
}

/** The work items and agents an entry is about: by these it is found again. */
export function subjectsOf({ event, decisions }: DecisionEntry): ReadonlySet<string> {
  const subjects = new Set<string>();
  for (const named of [event, ...decisions]) {
    if ('workItemId' in named) subjects.add(named.workItemId);
    if ('agentId' in named) subjects.add(named.agentId);
    if ('reservation' in named) subjects.add(named.reservation.workItemId).add(named.reservation.agentId);
  }
  return subjects;
}

/** What one entry did with items, in the order in which it happened. */
export function stepsOfEntry({ at, event, decisions }: DecisionEntry): readonly ItemStep[] {
  const plain: Pick<ItemStep, 'at' | 'agentId' | 'cause' | 'reasons'> = { at, agentId: null, cause: null, reasons: [] };
  const steps = decisions.flatMap((decision): ItemStep[] => {
    switch (decision.type) {
      case 'offer':
      case 'accept': {
        const { workItemId, agentId, queueId } = decision.reservation;
        const isOffer = decision.type === 'offer';
        const reasons = isOffer ? [...decision.reservation.reasons] : [];
        return [{ ...plain, kind: isOffer ? 'offered' : 'accepted', workItemId, agentId, queueId, reasons }];
      }
      case 'withdraw': {
        const { workItemId, agentId, queueId } = decision.reservation;
        return [{ ...plain, kind: 'withdrawn', workItemId, agentId, queueId, cause: decision.cause }];
      }
      case 'widen':
      case 'divert': {
        const { workItemId, queueId } = decision;
        return [
          { ...plain, kind: decision.type === 'widen' ? 'widened' : 'diverted', workItemId, queueId, reasons: [...decision.reasons] },
        ];
      }
      case 'move':
        return [{ ...plain, kind: 'moved', workItemId: decision.workItemId, queueId: decision.to, reasons: [...decision.reasons] }];
      case 'refuseAcceptance':
      case 'setNotReady':
        return [];
      default:
        return assertNever(decision, 'logged decision');
    }
  });
  switch (event.type) {
    case 'item:queued':
      return [{ ...plain, kind: 'queued', workItemId: event.workItemId, queueId: event.queueId }, ...steps];
    case 'item:returned': {
      const { workItemId, agentId, queueId } = event;
      return [{ ...plain, kind: 'returned', workItemId, agentId, queueId }, ...steps];
    }
    // Its offers are withdrawn first.
    case 'item:gone':
      return [...steps, { ...plain, kind: 'gone', workItemId: event.workItemId, queueId: null }];
    default:
      return steps;
  }
}
