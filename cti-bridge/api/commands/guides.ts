import { type GuideCommandName, guideCommands } from '../../../shared/contracts/guides.ts';
import { askerOf, type Command, command } from '../command.ts';

/** Every command about guides goes to the story of its name; what there is to decide is decided there. */
export const guideTable = Object.fromEntries(
  (Object.keys(guideCommands) as GuideCommandName[]).map((name) => [
    name,
    command(name, ({ session, guides }, request) => {
      const story = guides[name] as (asker: ReturnType<typeof askerOf>, request: unknown) => ReturnType<Command<typeof name>['run']>;
      return story(askerOf(session), request);
    }),
  ]),
) as unknown as { readonly [Name in GuideCommandName]: Command<Name> };
