import type { NotReadyReason, Presence } from '../../../shared/contracts/agent.ts';
import type { AgentId, WorkItemId } from '../../../shared/ids.ts';
import type { AgentSettings, RouterAgent, Work } from '../model.ts';
import { settle } from '../queues/waiting.ts';
import { withdraw } from '../reservation.ts';
import type { Turn } from '../turn.ts';
import { isReachedBy, newAgent, withWork, workOf } from './agent.ts';
import { membershipsFor } from './memberships.ts';

/** What happens to agents. An event for an agent the router does not know, or out of its order, changes nothing. */

/** Also for an agent already known, whose settings were changed: presence and work stay as they are. */
export function agentConfigured(turn: Turn, agentId: AgentId, settings: AgentSettings): void {
  const agent = turn.agent(agentId) ?? newAgent(agentId, turn.at);
  turn.putAgent({ ...agent, settings, memberships: membershipsFor(turn, settings) });
}

/** Offers go back to their queues. Whoever has something in hand is signed out and in no queue any more, and keeps it until it is done. */
export function agentRemoved(turn: Turn, agentId: AgentId): void {
  if (turn.agent(agentId) === null) return;
  withdrawOffers(turn, agentId, 'agentGone');
  const agent = turn.agent(agentId);
  if (agent === null) return;
  turn.putAgent({ ...agent, presence: 'loggedOut', notReadyReason: null, memberships: [] });
  const left = turn.agent(agentId);
  if (left !== null && left.works.length === 0) turn.removeAgent(left);
}

export function presenceSet(turn: Turn, agentId: AgentId, presence: Presence, reason: NotReadyReason | null): void {
  const agent = turn.agent(agentId);
  if (agent === null) return;
  turn.putAgent({
    ...agent,
    presence,
    notReadyReason: presence === 'notReady' ? reason : null,
    missedInARow: 0,
    failedMediaInARow: 0,
    freshStarts: agent.freshStarts + 1,
  });
  if (presence === 'loggedOut') withdrawOffers(turn, agentId, 'agentGone');
}

/**
 * Whoever is lost while the offer rings loses the offer, not their standing: they were not asked in earnest. So they need no rest from it
 * either, once they can be reached again.
 */
export function reachabilityChanged(turn: Turn, agentId: AgentId, isReachable: boolean, isAtDesktop = isReachable): void {
  const agent = turn.agent(agentId);
  if (agent === null || (agent.isReachable === isReachable && agent.isAtDesktop === isAtDesktop)) return;
  const isBack = (isReachable && !agent.isReachable) || (isAtDesktop && !agent.isAtDesktop);
  const next = { ...agent, isReachable, isAtDesktop, freshStarts: agent.freshStarts + Number(isBack) };
  turn.putAgent(next);
  withdrawOffers(turn, agentId, 'deviceUnreachable', ({ channel }) => !isReachedBy(next, channel));
}

export function supervising(turn: Turn, agentId: AgentId, isSupervising: boolean): void {
  const agent = turn.agent(agentId);
  if (agent === null || agent.isSupervising === isSupervising) return;
  turn.putAgent({ ...agent, isSupervising });
}

export function workEnded(turn: Turn, agentId: AgentId, workItemId: WorkItemId, wrapsUp: boolean): void {
  const agent = turn.agent(agentId);
  const work = agent && workOf(agent, workItemId);
  if (!agent || work?.state !== 'engaged') return;
  const sound = { ...agent, failedMediaInARow: 0 };
  if (wrapsUp) turn.putAgent(withWork(sound, workItemId, { state: 'wrappingUp', since: turn.at }));
  else finished(turn, sound, workItemId);
}

export function wrapUpEnded(turn: Turn, agentId: AgentId, workItemId: WorkItemId): void {
  const agent = turn.agent(agentId);
  if (agent === null || workOf(agent, workItemId)?.state !== 'wrappingUp') return;
  finished(turn, agent, workItemId);
}

/** How much a contact more counts in the mean; the first few count fully. */
const smoothing = 0.1;

function finished(turn: Turn, agent: RouterAgent, workItemId: WorkItemId): void {
  const work = workOf(agent, workItemId);
  const line = work && turn.line(work.queueId);
  if (line && work.acceptedAt !== null) {
    const count = line.handling.count + 1;
    const weight = Math.max(smoothing, 1 / count);
    const averageMs = line.handling.averageMs + (turn.at - work.acceptedAt - line.handling.averageMs) * weight;
    turn.putLine(work.queueId, { ...line, handling: { count, averageMs } });
  }
  turn.putAgent(withWork(agent, workItemId, null));
}

function withdrawOffers(
  turn: Turn,
  agentId: AgentId,
  cause: 'agentGone' | 'deviceUnreachable',
  isConcerned: (work: Work) => boolean = () => true,
): void {
  for (const work of turn.agent(agentId)?.works ?? []) {
    if (work.state !== 'reserved' || !isConcerned(work)) continue;
    const reservation = turn.reservation(work.reservationId);
    if (reservation === null) continue;
    withdraw(turn, reservation, cause);
    const item = turn.item(reservation.workItemId);
    if (item !== null) settle(turn, item);
  }
}
