import type { StateTable } from './state-table.ts';

/**
 * The life of an inbound interaction, in the words of the ten steps.
 *
 *   received -> inIvr -> queued <-> reserved -> talking <-> held
 *                          ^-----------------------'-----'        (the agent was lost: back to the queue)
 *   any of these -> ended -> wrappingUp -> completed              (without an agent: ended -> completed)
 */
export type InteractionState = 'received' | 'inIvr' | 'queued' | 'reserved' | 'talking' | 'held' | 'ended' | 'wrappingUp' | 'completed';
export type InteractionInput =
  | 'enterIvr'
  | 'queue'
  | 'reserve'
  | 'offerMissed'
  | 'answer'
  | 'hold'
  | 'resume'
  | 'end'
  | 'startWrapUp'
  | 'complete';

export const interactionTable: StateTable<InteractionState, InteractionInput> = {
  received: { enterIvr: 'inIvr', queue: 'queued', end: 'ended' },
  inIvr: { queue: 'queued', end: 'ended' },
  queued: { reserve: 'reserved', end: 'ended' },
  reserved: { offerMissed: 'queued', answer: 'talking', end: 'ended' },
  talking: { hold: 'held', queue: 'queued', end: 'ended' },
  held: { resume: 'talking', queue: 'queued', end: 'ended' },
  ended: { startWrapUp: 'wrappingUp', complete: 'completed' },
  wrappingUp: { complete: 'completed' },
  completed: {},
};
