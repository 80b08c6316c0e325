import type { StrategyName } from '../../../shared/contracts/configuration.ts';
import { bestSkill } from './best-skill.ts';
import { leastBusy } from './least-busy.ts';
import { longestIdle } from './longest-idle.ts';
import { ringAll } from './ring-all.ts';
import { roundRobin } from './round-robin.ts';
import type { Strategy } from './strategy.ts';
import { weighted } from './weighted.ts';

/** Every strategy a queue may name. */
export const strategies: Readonly<Record<StrategyName, Strategy>> = { longestIdle, roundRobin, leastBusy, bestSkill, ringAll, weighted };
