import type { Knowledge } from '../../../cti-bridge/flows/knowledge.ts';
import { ok } from '../../../cti-bridge/kernel/index.ts';
import { type KnowledgeCommandName, knowledgeCommands } from '../../../shared/contracts/knowledge.ts';
import { knowledgeExamples } from '../../contract/knowledge-examples.ts';
import type { Asked } from './fake-desk.ts';

/** The knowledge base, answering with the contract's examples. */
export function fakeKnowledge(asked: Asked[] = []): Knowledge {
  const commands = (Object.keys(knowledgeCommands) as KnowledgeCommandName[]).map((name) => [
    name,
    async ({ agentId }: { readonly agentId: string | null }, request: unknown) => {
      asked.push({ command: name, agentId, request } as Asked);
      return ok(knowledgeExamples[name].answer);
    },
  ]);
  return { ...(Object.fromEntries(commands) as Pick<Knowledge, KnowledgeCommandName>), isLive: () => true };
}
