import { agentCommand } from '../command.ts';

/** Calls a number outside for the agent. */
export const callDial = agentCommand('call:dial', (agentId, request, { desk }) => desk.dialCall(agentId, request));
