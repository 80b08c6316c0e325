import { ok } from '../../kernel/index.ts';
import { askerOf, command } from '../command.ts';

/** Shows the board and keeps it up to date until unwatched or until the session ends. */
export const boardWatch = command('board:watch', async ({ session, line, supervision }) =>
  ok(supervision.watch(askerOf(session), session.sessionId, (board) => line.push('board:changed', board))),
);
