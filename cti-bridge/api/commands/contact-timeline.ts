import { askerOf, command } from '../command.ts';

/** One page of a person's history, newest first. */
export const contactTimeline = command('contact:timeline', ({ desk, session }, request) => desk.readTimeline(askerOf(session), request));
