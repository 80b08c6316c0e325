import type { NotReadyReason, WorkState } from '../../../shared/contracts/agent.ts';
import type { QueueChannel } from '../../../shared/contracts/configuration.ts';
import type { AgentId, WorkItemId } from '../../../shared/ids.ts';
import { mayBeOffered } from '../../../shared/states/agent.ts';
import type { AgentSettings, RouterAgent, Work } from '../model.ts';
import { hasRoom } from './capacity.ts';

const nothingSet: AgentSettings = { skills: {}, capacity: {}, teamId: null, orgUnitId: null, leftQueueIds: [], weight: 1 };

/** A person the router has just been told of: signed out, out of reach, nothing in hand. */
export function newAgent(agentId: AgentId, at: number): RouterAgent {
  return {
    agentId,
    settings: nothingSet,
    presence: 'loggedOut',
    notReadyReason: null,
    isReachable: false,
    isAtDesktop: false,
    isSupervising: false,
    works: [],
    missedInARow: 0,
    failedMediaInARow: 0,
    lastMissed: null,
    idleSince: at,
    changedAt: at,
    freshStarts: 0,
    memberships: [],
    turns: {},
  };
}

/** Says whether work of this channel gets to them: calls need their phone, what is written their desktop. */
export function isReachedBy(agent: RouterAgent, channel: QueueChannel): boolean {
  return channel === 'voice' ? agent.isReachable : agent.isAtDesktop;
}

/** Says whether what should reach them does not: the phone of whoever takes calls, the desktop of whoever only writes. */
export function isOutOfReach(agent: RouterAgent): boolean {
  const takesCalls = (agent.settings.capacity.voice?.max ?? 0) > 0;
  return !(takesCalls ? agent.isReachable : agent.isReachable || agent.isAtDesktop);
}

/** What the system knows of the agent. Of several pieces of work the one furthest along counts; out of reach shows only with empty hands. */
export function workStateOf(agent: RouterAgent): WorkState {
  let state: Work['state'] | null = null;
  for (const work of agent.works) {
    if (work.state === 'engaged') return 'engaged';
    if (state !== 'wrappingUp') state = work.state;
  }
  if (state !== null) return state;
  if (agent.isSupervising) return 'supervising';
  return isOutOfReach(agent) ? 'notReachable' : 'idle';
}

/** Says whether an item of this channel may be offered now: available, within reach, not listening in, and with room for it. */
export function mayTake(agent: RouterAgent, channel: QueueChannel): boolean {
  return canBeAsked(agent, channel) && hasRoom(agent.settings.capacity, agent.works, channel);
}

/** Says whether it is worth waiting for them with work of this channel: they work, though their hands may be full now. */
export function canBeAsked(agent: RouterAgent, channel: QueueChannel): boolean {
  if (!isReachedBy(agent, channel) || agent.isSupervising) return false;
  const state = workStateOf(agent);
  // Without a phone they are out of reach for calls alone.
  return mayBeOffered(agent.presence, state === 'notReachable' ? 'idle' : state);
}

/** Says whether a colleague may ask for them by name: here and with room for it, though they may have chosen not to be ready. */
export function mayBeAskedFor(agent: RouterAgent, channel: QueueChannel): boolean {
  return whyNotAskedFor(agent, channel) === null;
}

/** Why nobody may ask for them by name, the plainest first; null: anybody may. */
export function whyNotAskedFor(
  agent: RouterAgent,
  channel: QueueChannel,
): 'signedOut' | 'notTheirChannel' | 'outOfReach' | 'supervising' | 'noRoom' | null {
  const { capacity } = agent.settings;
  if (agent.presence === 'loggedOut') return 'signedOut';
  if ((capacity[channel]?.max ?? 0) === 0) return 'notTheirChannel';
  if (!isReachedBy(agent, channel)) return 'outOfReach';
  if (agent.isSupervising) return 'supervising';
  return hasRoom(capacity, agent.works, channel) ? null : 'noRoom';
}

/** Says whether they are at work: something is in hand, or work of this channel could be given to them. */
export function isServing(agent: RouterAgent, channel: QueueChannel): boolean {
  return agent.works.length > 0 || canBeAsked(agent, channel);
}

/** Says whether they have nothing in hand and could be asked for something. */
export function isIdle(agent: RouterAgent): boolean {
  return agent.works.length === 0 && (canBeAsked(agent, 'voice') || canBeAsked(agent, 'email'));
}

/** The same agent set not ready by the router. Someone who is not available already keeps the reason they chose. */
export function setNotReady(agent: RouterAgent, reason: NotReadyReason): RouterAgent {
  return agent.presence === 'available' ? { ...agent, presence: 'notReady', notReadyReason: reason } : agent;
}

export function workOf(agent: RouterAgent, workItemId: WorkItemId): Work | null {
  return agent.works.find((work) => work.workItemId === workItemId) ?? null;
}

/** The agent with this work in another state, or without it (`null`). */
export function withWork(agent: RouterAgent, workItemId: WorkItemId, change: Partial<Work> | null): RouterAgent {
  const works = change
    ? agent.works.map((work) => (work.workItemId === workItemId ? { ...work, ...change } : work))
    : agent.works.filter((work) => work.workItemId !== workItemId);
  return { ...agent, works };
}
