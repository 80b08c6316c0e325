import { agentCommand } from '../command.ts';

/** Stores the note as it is being written. The answer means that it is on disk. */
export const interactionSaveDraft = agentCommand('interaction:save-draft', (agentId, request, { desk }) =>
  desk.saveDraft(agentId, request),
);
