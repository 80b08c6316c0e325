import type { NotReadyReason, WorkState } from '../../../shared/contracts/agent.ts';
import type { AgentId } from '../../../shared/ids.ts';
import { mayBeOffered } from '../../../shared/states/agent.ts';
import type { RouterAgent } from '../model.ts';

/** A person the router has just been told of: signed out, out of reach, nothing in hand. */
export function newAgent(agentId: AgentId, at: number): RouterAgent {
  return {
    agentId,
    presence: 'loggedOut',
    notReadyReason: null,
    isReachable: false,
    skills: {},
    work: { state: 'idle', since: at },
    missedInARow: 0,
    failedMediaInARow: 0,
    idleSince: at,
    changedAt: at,
    presenceChoices: 0,
    queueIds: [],
  };
}

/** What the system knows of the agent: out of reach shows only on someone who has nothing in hand. */
export function workStateOf(agent: RouterAgent): WorkState {
  return agent.work.state === 'idle' && !agent.isReachable ? 'notReachable' : agent.work.state;
}

/** Says whether work may be offered now: available, idle and within reach. */
export function isFree(agent: RouterAgent): boolean {
  return mayBeOffered(agent.presence, workStateOf(agent));
}

/** The same agent set not ready by the router. Someone who is not available already keeps the reason they chose. */
export function setNotReady(agent: RouterAgent, reason: NotReadyReason): RouterAgent {
  return agent.presence === 'available' ? { ...agent, presence: 'notReady', notReadyReason: reason } : agent;
}
