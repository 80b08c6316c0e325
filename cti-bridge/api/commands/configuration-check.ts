import { askerOf, command } from '../command.ts';

/** A dry run of a new configuration. */
export const configurationCheck = command('configuration:check', ({ session, administration }, request) =>
  administration.check(askerOf(session), request),
);
