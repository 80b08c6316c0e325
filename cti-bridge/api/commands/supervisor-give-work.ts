import { askerOf, command } from '../command.ts';

/** A supervisor gives written work to somebody by name. */
export const supervisorGiveWork = command('supervisor:give-work', ({ session, supervision }, request) =>
  supervision.giveWork(askerOf(session), request),
);
