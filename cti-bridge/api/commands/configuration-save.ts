import { askerOf, command } from '../command.ts';

/** Stores a new configuration, whole or not at all. */
export const configurationSave = command('configuration:save', ({ session, administration }, request) =>
  administration.save(askerOf(session), request),
);
