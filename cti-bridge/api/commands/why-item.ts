import { askerOf, command } from '../command.ts';

/** Why an item waits, or where it went. */
export const whyItem = command('why:item', ({ session, supervision }, request) => supervision.whyItem(askerOf(session), request));
