import { askerOf, command } from '../command.ts';

/** The contacts behind a number of one's own day. */
export const figuresContacts = command('figures:contacts', ({ session, figures }, request) =>
  figures['figures:contacts'](askerOf(session), request),
);
