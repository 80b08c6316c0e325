import { askerOf, command } from '../command.ts';

/** The contacts behind a number on the board. */
export const boardContacts = command('board:contacts', ({ session, supervision }, request) =>
  supervision.contacts(askerOf(session), request),
);
