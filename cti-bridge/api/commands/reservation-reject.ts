import { agentCommand } from '../command.ts';

/** The agent declines an offer; the work returns to its old place. */
export const reservationReject = agentCommand('reservation:reject', (agentId, request, { desk }) =>
  desk.rejectReservation(agentId, request),
);
