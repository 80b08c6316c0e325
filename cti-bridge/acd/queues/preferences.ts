import { canBeAsked } from '../agents/agent.ts';
import type { PreferredAgent, Queue, WaitingItem } from '../model.ts';
import type { Turn } from '../turn.ts';
import { meetsItem } from './item-needs.ts';

/**
 * For whom an item waits before it is anybody's, if they are at work: who agreed to call, and as far as the queue allows it who had the
 * customer last, or their account manager.
 */

/** How long a call that was agreed waits for whoever agreed it: they may be finishing another. */
const agreedWaitMs = 300_000;

/** The item with the next preferred agent worth waiting for, or with none. */
export function withNextPreferred(turn: Turn, item: WaitingItem, queue: Queue): WaitingItem {
  for (const [index, { agentId, kind }] of item.preferences.entries()) {
    const waitMs = kind === 'agreed' ? agreedWaitMs : (kind === 'lastAgent' ? queue.lastAgent : queue.accountManager)?.waitMs;
    if (waitMs === undefined || !isWorthWaitingFor(turn, item, queue, agentId, kind)) continue;
    return { ...item, preferred: { agentId, kind, until: turn.at + waitMs }, preferences: item.preferences.slice(index + 1) };
  }
  return { ...item, preferred: null, preferences: [] };
}

/** Who agreed to call and their account manager may take anything of theirs; who had them last must still be one of the queue's people, and be whom it asks for. */
export function isWorthWaitingFor(
  turn: Turn,
  item: WaitingItem,
  { channel }: Queue,
  agentId: WaitingItem['preferences'][number]['agentId'],
  kind: PreferredAgent['kind'],
): boolean {
  const agent = turn.agent(agentId);
  if (agent === null || !canBeAsked(agent, channel) || item.tried.some((tried) => tried.agentId === agentId)) return false;
  return kind !== 'lastAgent' || (agent.memberships.some(({ queueId }) => queueId === item.queueId) && meetsItem(agent, item));
}
