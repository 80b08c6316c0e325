import type { Reason } from '../../../shared/contracts/queue.ts';
import type { Queue, RouterAgent } from '../model.ts';

/** How a queue picks among the agents who may take an item. One small file each in this folder; pure. */
export interface Strategy {
  /** Lower is asked first; among equals whoever has been idle longest. Depends on nothing but what it is given. */
  rank(agent: RouterAgent, queue: Queue): number;
  /** Where the queue deals: the agent's turn after an offer, and the queue's. `offer` numbers all offers ever made. */
  turnAfter?(agent: RouterAgent, queue: Queue, queueTurn: number, offer: number): { readonly agent: number; readonly queue: number };
  /** How many are asked at once; the first to accept has it. */
  readonly most: number;
  /** Why this one, when there was a choice of `ofAgents`. */
  reason(chosen: RouterAgent, queue: Queue, ofAgents: number, at: number): Reason;
}
