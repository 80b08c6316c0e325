import { type InboxCommandName, inboxCommands } from '../../../shared/contracts/messages/inbox.ts';
import { err, ok } from '../../kernel/index.ts';
import type { InboxCommands } from '../ports.ts';

/** The inbox of a house without written channels: nobody has anything in hand, and nothing waits. */
export const emptyInbox: InboxCommands = {
  ...(Object.fromEntries(
    Object.keys(inboxCommands).map((name) => [name, async () => err({ code: 'not_found', message: 'There is no such contact.' })]),
  ) as unknown as { readonly [Name in InboxCommandName]: InboxCommands[Name] }),
  'templates:list': async () => ok({ templates: [] }),
  'quarantine:list': async () => ok({ arrivals: [] }),
};
