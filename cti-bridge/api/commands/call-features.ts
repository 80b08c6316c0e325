import { type CallFeatureCommandName, callFeatureCommands } from '../../../shared/contracts/call-features.ts';
import { askerOf, type Command, command } from '../command.ts';

/** Every command about a call beside talking goes to the story of its name; what there is to decide is decided there. */
export const callFeatureTable = Object.fromEntries(
  (Object.keys(callFeatureCommands) as CallFeatureCommandName[]).map((name) => [
    name,
    command(name, ({ session, calls }, request) => {
      const story = calls[name] as (asker: ReturnType<typeof askerOf>, request: unknown) => ReturnType<Command<typeof name>['run']>;
      return story(askerOf(session), request);
    }),
  ]),
) as unknown as { readonly [Name in CallFeatureCommandName]: Command<Name> };
