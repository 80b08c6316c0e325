import { command } from '../command.ts';

/** The whole record of one person. */
export const contactRead = command('contact:read', ({ desk }, request) => desk.readContact(request));
