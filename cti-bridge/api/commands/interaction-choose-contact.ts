import { agentCommand, askerOf } from '../command.ts';

/** The agent says which of the candidates is calling. */
export const interactionChooseContact = agentCommand('interaction:choose-contact', (_, request, { desk, session }) =>
  desk.chooseContact(askerOf(session), request),
);
