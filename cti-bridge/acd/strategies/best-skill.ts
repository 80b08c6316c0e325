import { levelOf } from '../../../shared/skill-expression.ts';
import type { Queue, RouterAgent } from '../model.ts';
import type { Strategy } from './strategy.ts';

/** Whoever has the highest levels in the skills the queue asks for. */
export const bestSkill: Strategy = {
  rank: (agent, queue) => -scoreOf(agent, queue),
  most: 1,
  reason: (chosen, queue, ofAgents) => ({ code: 'bestSkill', facts: { score: scoreOf(chosen, queue), ofAgents } }),
};

/** The sum of the agent's levels over the skills that the queue names at first. */
function scoreOf(agent: RouterAgent, queue: Queue): number {
  let score = 0;
  for (const skill of queue.skillNames) score += levelOf(agent.settings.skills, skill);
  return score;
}
