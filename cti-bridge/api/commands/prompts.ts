import { promptCommands } from '../../../shared/contracts/ivr/prompts.ts';
import type { PromptCommandName } from '../../flows/prompts.ts';
import { askerOf, type Command, command } from '../command.ts';

/** Every command about prompts goes to the story of its name; what there is to decide is decided there. */
export const promptTable = Object.fromEntries(
  (Object.keys(promptCommands) as PromptCommandName[]).map((name) => [
    name,
    command(name, ({ session, prompts }, request) => {
      const story = prompts[name] as (asker: ReturnType<typeof askerOf>, request: unknown) => ReturnType<Command<typeof name>['run']>;
      return story(askerOf(session), request);
    }),
  ]),
) as unknown as { readonly [Name in PromptCommandName]: Command<Name> };
