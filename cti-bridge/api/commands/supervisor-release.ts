import { askerOf, command } from '../command.ts';

/** A supervisor lets go of what is stuck. */
export const supervisorRelease = command('supervisor:release', ({ session, supervision }, request) =>
  supervision.release(askerOf(session), request),
);
