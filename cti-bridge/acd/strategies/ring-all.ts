import type { Strategy } from './strategy.ts';

/** Everybody who is free, up to twenty; the first to accept has it, and it stops ringing at the others. */
export const ringAll: Strategy = {
  rank: () => 0,
  most: 20,
  reason: (_chosen, _queue, ofAgents) => ({ code: 'ringAll', facts: { ofAgents } }),
};
