import { askerOf, command } from '../command.ts';

/** A supervisor changes somebody's state. */
export const supervisorSetPresence = command('supervisor:set-presence', ({ session, supervision }, request) =>
  supervision.setPresence(askerOf(session), request),
);
