import { type InboxCommandName, inboxCommands } from '../../../shared/contracts/messages/inbox.ts';
import { askerOf, type Command, command } from '../command.ts';

/** Every command about written work goes to the story of its name; what there is to decide is decided there. */
export const inboxTable = Object.fromEntries(
  (Object.keys(inboxCommands) as InboxCommandName[]).map((name) => [
    name,
    command(name, ({ session, inbox }, request) => {
      const story = inbox[name] as (asker: ReturnType<typeof askerOf>, request: unknown) => ReturnType<Command<typeof name>['run']>;
      return story(askerOf(session), request);
    }),
  ]),
) as unknown as { readonly [Name in InboxCommandName]: Command<Name> };
