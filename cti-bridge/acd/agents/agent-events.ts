import type { NotReadyReason, Presence } from '../../../shared/contracts/agent.ts';
import type { AgentId, QueueId, WorkItemId } from '../../../shared/ids.ts';
import type { RouterAgent } from '../model.ts';
import { withdraw } from '../reservation.ts';
import { meetsNeeds } from '../skills/meets-needs.ts';
import { entriesOf } from '../sorted-map.ts';
import type { Turn } from '../turn.ts';
import { newAgent } from './agent.ts';

/** What happens to agents. An event for an agent the router does not know, or out of its order, changes nothing. */

/** Also for an agent already known, whose skills were changed: presence and work stay as they are. */
export function agentAdded(turn: Turn, agentId: AgentId, skills: Readonly<Record<string, number>>): void {
  const agent = turn.agent(agentId) ?? newAgent(agentId, turn.at);
  turn.putAgent({ ...agent, skills, queueIds: queuesFor(turn, skills) });
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
    presenceChoices: agent.presenceChoices + 1,
  });
  if (presence === 'loggedOut') withdrawOffer(turn, agentId, 'agentGone');
}

/** Whoever is lost while the offer rings loses the offer, not their standing: they were not asked in earnest. */
export function reachabilityChanged(turn: Turn, agentId: AgentId, isReachable: boolean): void {
  const agent = turn.agent(agentId);
  if (agent === null || agent.isReachable === isReachable) return;
  turn.putAgent({ ...agent, isReachable });
  if (!isReachable) withdrawOffer(turn, agentId, 'deviceUnreachable');
}

export function workEnded(turn: Turn, agentId: AgentId, workItemId: WorkItemId, wrapsUp: boolean): void {
  const agent = turn.agent(agentId);
  if (agent?.work.state !== 'engaged' || agent.work.workItemId !== workItemId) return;
  const sound = { ...agent, failedMediaInARow: 0 };
  turn.putAgent(wrapsUp ? { ...sound, work: { state: 'wrappingUp', workItemId, since: turn.at } } : idle(turn, sound));
}

export function wrapUpEnded(turn: Turn, agentId: AgentId, workItemId: WorkItemId): void {
  const agent = turn.agent(agentId);
  if (agent?.work.state !== 'wrappingUp' || agent.work.workItemId !== workItemId) return;
  turn.putAgent(idle(turn, agent));
}

export function idle(turn: Turn, agent: RouterAgent): RouterAgent {
  return { ...agent, work: { state: 'idle', since: turn.at } };
}

function withdrawOffer(turn: Turn, agentId: AgentId, cause: 'agentGone' | 'deviceUnreachable'): void {
  const agent = turn.agent(agentId);
  if (agent?.work.state !== 'reserved') return;
  const reservation = turn.reservation(agent.work.reservationId);
  if (reservation !== null) withdraw(turn, reservation, cause);
}

function queuesFor(turn: Turn, skills: Readonly<Record<string, number>>): readonly QueueId[] {
  const queueIds: QueueId[] = [];
  for (const { key, value } of entriesOf(turn.state.queues)) if (meetsNeeds(skills, value.queue.needs)) queueIds.push(key);
  return queueIds;
}
