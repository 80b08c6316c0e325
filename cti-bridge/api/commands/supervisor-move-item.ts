import { askerOf, command } from '../command.ts';

/** A supervisor gives what waits another priority or queue. */
export const supervisorMoveItem = command('supervisor:move-item', ({ session, supervision }, request) =>
  supervision.moveItem(askerOf(session), request),
);
