import { askerOf, command } from '../command.ts';

/** Why an agent gets nothing. */
export const whyAgent = command('why:agent', ({ session, supervision }, request) => supervision.whyAgent(askerOf(session), request));
