import { askerOf, command } from '../command.ts';

/** Gives a user a new password. */
export const userSetPassword = command('user:set-password', ({ session, administration }, request) =>
  administration.setPassword(askerOf(session), request),
);
