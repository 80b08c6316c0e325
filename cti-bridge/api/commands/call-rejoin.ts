import { agentCommand } from '../command.ts';

/** After a reload: rings the agent's phone again and joins it to the caller who waits. */
export const callRejoin = agentCommand('call:rejoin', (agentId, request, { desk }) => desk.rejoinCall(agentId, request));
