import { agentCommand } from '../command.ts';

/** The caller and the agent hear each other again. */
export const callResume = agentCommand('call:resume', (agentId, request, { desk }) => desk.resumeCall(agentId, request));
