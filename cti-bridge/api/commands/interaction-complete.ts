import { agentCommand } from '../command.ts';

/** Closes the interaction with its disposition and says what the agent does next. */
export const interactionComplete = agentCommand('interaction:complete', (agentId, request, { desk }) =>
  desk.completeInteraction(agentId, request),
);
