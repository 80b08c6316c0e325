import type { Strategy } from './strategy.ts';

/** In turn: whoever was offered work of this queue the longest ago, or never. */
export const roundRobin: Strategy = {
  rank: (agent, queue) => agent.turns[queue.queueId] ?? 0,
  turnAfter: (_agent, _queue, queueTurn, offer) => ({ agent: offer, queue: queueTurn }),
  most: 1,
  reason: (_chosen, _queue, ofAgents) => ({ code: 'roundRobin', facts: { ofAgents } }),
};
