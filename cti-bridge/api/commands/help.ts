import { type HelpCommandName, helpCommands } from '../../../shared/contracts/help.ts';
import { askerOf, type Command, command } from '../command.ts';

/** Every command of agents who ask for help goes to the story of its name; what there is to decide is decided there. */
export const helpTable = Object.fromEntries(
  (Object.keys(helpCommands) as HelpCommandName[]).map((name) => [
    name,
    command(name, ({ session, help }, request) => {
      const story = help[name] as (asker: ReturnType<typeof askerOf>, request: unknown) => ReturnType<Command<typeof name>['run']>;
      return story(askerOf(session), request);
    }),
  ]),
) as unknown as { readonly [Name in HelpCommandName]: Command<Name> };
