import { ok } from '../../kernel/index.ts';
import { command } from '../command.ts';

/** Ends the session: its token, its phone's credentials and, after the answer, its socket. */
export const sessionLogOut = command('session:log-out', async ({ session, sessions, afterAnswer }) => {
  afterAnswer(() => sessions.end(session, 'loggedOut'));
  return ok({});
});
