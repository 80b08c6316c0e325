import { askerOf, command } from '../command.ts';

/** The organisation as it is set up now. */
export const configurationRead = command('configuration:read', ({ session, administration }) => administration.read(askerOf(session)));
