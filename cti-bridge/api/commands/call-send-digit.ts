import { agentCommand } from '../command.ts';

/** One key towards the caller's side. */
export const callSendDigit = agentCommand('call:send-digit', (agentId, request, { desk }) => desk.sendDigit(agentId, request));
