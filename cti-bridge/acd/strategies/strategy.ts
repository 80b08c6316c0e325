import type { Reason } from '../../../shared/contracts/queue.ts';
import type { RouterAgent } from '../model.ts';

/** How a queue picks one agent among those who may take an item. One small file each in this folder; pure. */
export interface Strategy {
  /** `candidates` come longest idle first and may be read only as far as needed. Null when there are none. */
  choose(candidates: Iterable<RouterAgent>): RouterAgent | null;
  /** Why this one, when there was a choice of `ofAgents`. */
  reason(chosen: RouterAgent, ofAgents: number, at: number): Reason;
}
