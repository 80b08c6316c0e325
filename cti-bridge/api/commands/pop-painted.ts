import { agentCommand } from '../command.ts';

/** The pop has been painted: measured, nothing waits for it. */
export const popPainted = agentCommand('pop:painted', (agentId, request, { desk }) => desk.popPainted(agentId, request));
