import type { Strategy } from './strategy.ts';

/**
 * In proportion to each agent's weight: somebody of weight 0.5 gets half as many as somebody of weight 1. Stride scheduling (C. Waldspurger
 * and W. Weihl, "Stride scheduling", MIT/LCS/TM-528, 1995): every offer moves the agent's turn on by 1 / weight and the lowest turn is next;
 * who comes back from a break starts at the queue's turn and not at a debt.
 */
export const weighted: Strategy = {
  rank: (agent, queue) => agent.turns[queue.queueId] ?? 0,
  turnAfter(agent, queue, queueTurn) {
    const turn = Math.max(agent.turns[queue.queueId] ?? 0, queueTurn);
    return { agent: turn + 1 / agent.settings.weight, queue: turn };
  },
  most: 1,
  reason: (chosen, _queue, ofAgents) => ({ code: 'weighted', facts: { weight: chosen.settings.weight, ofAgents } }),
};
