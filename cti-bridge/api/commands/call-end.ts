import { agentCommand } from '../command.ts';

/** The agent hangs up. */
export const callEnd = agentCommand('call:end', (agentId, request, { desk }) => desk.endCall(agentId, request));
