import { agentCommand } from '../command.ts';

/** The desktop has the pop in its store. Without it the offer is rescinded after 2 s. */
export const popDelivered = agentCommand('pop:delivered', (agentId, request, { desk }) => desk.popDelivered(agentId, request));
