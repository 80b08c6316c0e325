import { canBeAsked, isReachedBy } from '../agents/agent.ts';
import type { Preference, Queue, RouterAgent, WaitingItem } from '../model.ts';
import type { Turn } from '../turn.ts';
import { meetsItem } from './item-needs.ts';

/**
 * For whom an item waits before it is anybody's, if they are at work: who agreed to call, and as far as the queue allows it who had the
 * customer last, or their account manager.
 */

/** How long a call that was agreed waits for whoever agreed it: they may be finishing another. */
export const agreedWaitMs = 300_000;

/** The item with the next preferred agent worth waiting for, or with none. */
export function withNextPreferred(turn: Turn, item: WaitingItem, queue: Queue): WaitingItem {
  for (const [index, { waitMs: left = agreedWaitMs, ...whom }] of item.preferences.entries()) {
    const waitMs = whom.kind === 'agreed' ? left : (whom.kind === 'lastAgent' ? queue.lastAgent : queue.accountManager)?.waitMs;
    if (waitMs === undefined || !isWorthWaitingFor(turn, item, queue, whom)) continue;
    return { ...item, preferred: { ...whom, until: turn.at + waitMs }, preferences: item.preferences.slice(index + 1) };
  }
  return { ...item, preferred: null, preferences: [] };
}

/** Who agreed to call and their account manager may take anything of theirs; who had them last must still be one of the queue's people, and be whom it asks for. */
export function isWorthWaitingFor(turn: Turn, item: WaitingItem, { channel }: Queue, { agentId, kind, isExpected }: Preference): boolean {
  const agent = turn.agent(agentId);
  if (agent === null || item.tried.some((tried) => tried.agentId === agentId)) return false;
  if (!canBeAsked(agent, channel) && !(isExpected && isOnTheirWay(agent, channel))) return false;
  return kind !== 'lastAgent' || (agent.memberships.some(({ queueId }) => queueId === item.queueId) && meetsItem(agent, item));
}

/** Their desktop comes back before their phone does. */
function isOnTheirWay(agent: RouterAgent, channel: Queue['channel']): boolean {
  return agent.presence === 'loggedOut' || (agent.presence === 'available' && !isReachedBy(agent, channel));
}
