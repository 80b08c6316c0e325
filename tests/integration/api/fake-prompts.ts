import type { PromptCommandName, Prompts } from '../../../cti-bridge/flows/prompts.ts';
import { err, ok } from '../../../cti-bridge/kernel/index.ts';
import { promptCommands } from '../../../shared/contracts/ivr/prompts.ts';
import { promptExamples } from '../../contract/prompt-examples.ts';
import type { Asked } from './fake-desk.ts';

/** The library of prompts, answering with the contract's examples; what is uploaded as a sound of three bytes is silent. */
export function fakePrompts(asked: Asked[] = []): Prompts {
  const commands = (Object.keys(promptCommands) as PromptCommandName[]).map((name) => [
    name,
    async ({ agentId }: { readonly agentId: string | null }, request: unknown) => {
      asked.push({ command: name, agentId, request } as Asked);
      return ok(promptExamples[name].answer);
    },
  ]);
  return {
    ...(Object.fromEntries(commands) as Pick<Prompts, PromptCommandName>),
    async take({ agentId }, { wav, ...request }) {
      asked.push({ command: 'prompt:take', agentId, request: { ...request, bytes: wav.byteLength } } as unknown as Asked);
      if (wav.byteLength === 3) return ok({ taken: false, fault: 'silent' });
      return ok({ taken: true, prompt: promptExamples['prompt:save'].answer });
    },
    async openLink(token) {
      if (token !== 'token-1') return err({ code: 'not_found', message: 'There is no such sound, or its link has ended.' });
      return ok({
        bytes: 10,
        async *read(from: number, to: number) {
          yield Buffer.from('0123456789').subarray(from, to + 1);
        },
      });
    },
    state: () => undefined,
    heard: () => [],
  };
}
