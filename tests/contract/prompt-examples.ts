import type { CommandAnswer, CommandRequest } from '../../shared/contracts/bridge-events.ts';
import { promptCommands } from '../../shared/contracts/ivr/prompts.ts';
import { exampleOf } from './example-of.ts';

type Name = keyof typeof promptCommands;

export const promptExamples = Object.fromEntries(
  Object.entries(promptCommands).map(([name, { request, answer }]) => [name, { request: exampleOf(request), answer: exampleOf(answer) }]),
) as unknown as { readonly [Each in Name]: { readonly request: CommandRequest<Each>; readonly answer: CommandAnswer<Each> } };
