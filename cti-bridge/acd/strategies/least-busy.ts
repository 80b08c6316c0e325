import { loadOf } from '../agents/capacity.ts';
import type { Strategy } from './strategy.ts';

/** Whoever has the least in hand: for chats and mails, of which an agent has several. */
export const leastBusy: Strategy = {
  rank: (agent) => loadOf(agent),
  most: 1,
  reason: (chosen, _queue, ofAgents) => ({ code: 'leastBusy', facts: { load: loadOf(chosen), ofAgents } }),
};
