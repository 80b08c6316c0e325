import { askerOf, command } from '../command.ts';

/** The whole record of one person. */
export const contactRead = command('contact:read', ({ desk, session }, request) => desk.readContact(askerOf(session), request));
