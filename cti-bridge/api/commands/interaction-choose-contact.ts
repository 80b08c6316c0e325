import { agentCommand } from '../command.ts';

/** The agent says which of the candidates is calling. */
export const interactionChooseContact = agentCommand('interaction:choose-contact', (agentId, request, { desk }) =>
  desk.chooseContact(agentId, request),
);
