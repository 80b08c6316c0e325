import { askerOf, command } from '../command.ts';

/** Takes back what one revision changed. */
export const configurationUndo = command('configuration:undo', ({ session, administration }, request) =>
  administration.undo(askerOf(session), request),
);
