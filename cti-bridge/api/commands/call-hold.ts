import { agentCommand } from '../command.ts';

/** The caller hears music until the agent resumes. */
export const callHold = agentCommand('call:hold', (agentId, request, { desk }) => desk.holdCall(agentId, request));
