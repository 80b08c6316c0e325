import { canBeAsked } from '../agents/agent.ts';
import type { Queue, WaitingItem } from '../model.ts';
import type { Turn } from '../turn.ts';
import { meetsItem } from './item-needs.ts';

/** For whom an item waits before it is anybody's: who had the customer last, or their account manager, if the queue allows it and they are at work. */

/** The item with the next preferred agent worth waiting for, or with none. */
export function withNextPreferred(turn: Turn, item: WaitingItem, queue: Queue): WaitingItem {
  for (const [index, { agentId, kind }] of item.preferences.entries()) {
    const limit = kind === 'lastAgent' ? queue.lastAgent : queue.accountManager;
    if (limit === null || !isWorthWaitingFor(turn, item, queue, agentId, kind)) continue;
    return { ...item, preferred: { agentId, kind, until: turn.at + limit.waitMs }, preferences: item.preferences.slice(index + 1) };
  }
  return { ...item, preferred: null, preferences: [] };
}

/** Their account manager may take anything of theirs; who had them last must still be one of the queue's people, and be whom it asks for. */
export function isWorthWaitingFor(
  turn: Turn,
  item: WaitingItem,
  { channel }: Queue,
  agentId: WaitingItem['preferences'][number]['agentId'],
  kind: 'lastAgent' | 'accountManager',
): boolean {
  const agent = turn.agent(agentId);
  if (agent === null || !canBeAsked(agent, channel) || item.tried.some((tried) => tried.agentId === agentId)) return false;
  return kind === 'accountManager' || (agent.memberships.some(({ queueId }) => queueId === item.queueId) && meetsItem(agent, item));
}
