import type { Queue } from '../model.ts';
import { longestIdle } from './longest-idle.ts';
import type { Strategy } from './strategy.ts';

/** Every strategy a queue may name. */
export const strategies: Readonly<Record<Queue['strategy'], Strategy>> = { longestIdle };
