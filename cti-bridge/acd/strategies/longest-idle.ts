import type { Strategy } from './strategy.ts';

/** Whoever has been free the longest: work spreads evenly, and nobody can be passed over. */
export const longestIdle: Strategy = {
  rank: () => 0,
  most: 1,
  reason: (chosen, _queue, ofAgents, at) => ({
    code: 'longestIdle',
    facts: { idleMs: Math.max(0, Math.round(at - chosen.idleSince)), ofAgents },
  }),
};
