import { type KnowledgeCommandName, knowledgeCommands } from '../../../shared/contracts/knowledge.ts';
import { askerOf, type Command, command } from '../command.ts';

/** Every command about the knowledge base goes to the story of its name; what there is to decide is decided there. */
export const knowledgeTable = Object.fromEntries(
  (Object.keys(knowledgeCommands) as KnowledgeCommandName[]).map((name) => [
    name,
    command(name, ({ session, knowledge }, request) => {
      const story = knowledge[name] as (asker: ReturnType<typeof askerOf>, request: unknown) => ReturnType<Command<typeof name>['run']>;
      return story(askerOf(session), request);
    }),
  ]),
) as unknown as { readonly [Name in KnowledgeCommandName]: Command<Name> };
