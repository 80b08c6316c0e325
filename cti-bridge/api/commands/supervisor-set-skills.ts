import { askerOf, command } from '../command.ts';

/** A supervisor changes somebody's skills or queues. */
export const supervisorSetSkills = command('supervisor:set-skills', ({ session, supervision }, request) =>
  supervision.setSkills(askerOf(session), request),
);
