import type { CommandAnswer, CommandRequest } from '../../shared/contracts/bridge-events.ts';
import { knowledgeCommands } from '../../shared/contracts/knowledge.ts';
import { exampleOf } from './example-of.ts';

type Name = keyof typeof knowledgeCommands;

export const knowledgeExamples = Object.fromEntries(
  Object.entries(knowledgeCommands).map(([name, { request, answer }]) => [
    name,
    { request: exampleOf(request), answer: exampleOf(answer) },
  ]),
) as unknown as { readonly [Each in Name]: { readonly request: CommandRequest<Each>; readonly answer: CommandAnswer<Each> } };
