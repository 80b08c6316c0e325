import { type FlowCommandName, flowCommands } from '../../../shared/contracts/ivr/commands.ts';
import { askerOf, type Command, command } from '../command.ts';

/** Every command about call flows goes to the story of its name; what there is to decide is decided there. */
export const flowTable = Object.fromEntries(
  (Object.keys(flowCommands) as FlowCommandName[]).map((name) => [
    name,
    command(name, ({ session, flows }, request) => {
      const story = flows[name] as (asker: ReturnType<typeof askerOf>, request: unknown) => ReturnType<Command<typeof name>['run']>;
      return story(askerOf(session), request);
    }),
  ]),
) as unknown as { readonly [Name in FlowCommandName]: Command<Name> };
