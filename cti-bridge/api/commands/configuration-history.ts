import { askerOf, command } from '../command.ts';

/** Who changed what, and when. */
export const configurationHistory = command('configuration:history', ({ session, administration }, request) =>
  administration.history(askerOf(session), request),
);
