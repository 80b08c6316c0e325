import { asId, type UserId } from '../../../shared/ids.ts';
import { askerOf, command } from '../command.ts';

/** Gives a user a new password. Whoever is signed in with the old one is out. */
export const userSetPassword = command('user:set-password', async ({ session, sessions, administration }, request) => {
  const set = await administration.setPassword(askerOf(session), request);
  if (set.ok) sessions.passwordSet(asId<UserId>(request.userId), session);
  return set;
});
