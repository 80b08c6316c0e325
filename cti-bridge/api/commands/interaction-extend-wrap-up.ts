import { agentCommand } from '../command.ts';

/** More time for the wrap-up, within the queue's rule. */
export const interactionExtendWrapUp = agentCommand('interaction:extend-wrap-up', (agentId, request, { desk }) =>
  desk.extendWrapUp(agentId, request),
);
