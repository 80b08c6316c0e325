import { agentCommand } from '../command.ts';

/** The agent chooses to be available, or not ready with a reason. */
export const agentSetPresence = agentCommand('agent:set-presence', (agentId, request, { desk }) => desk.setPresence(agentId, request));
