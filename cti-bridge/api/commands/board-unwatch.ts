import { ok } from '../../kernel/index.ts';
import { command } from '../command.ts';

/** The board is no longer looked at. */
export const boardUnwatch = command('board:unwatch', async ({ session, supervision }) => {
  supervision.unwatch(session.sessionId);
  return ok({});
});
