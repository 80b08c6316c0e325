import type { Guides } from '../../../cti-bridge/flows/guides.ts';
import { ok } from '../../../cti-bridge/kernel/index.ts';
import { guideExamples, guideUploadExamples } from '../../contract/guide-examples.ts';
import type { Asked } from './fake-desk.ts';

/** Guides, answering with the contract's examples. */
export function fakeGuides(asked: Asked[] = []): Guides {
  return Object.fromEntries(
    Object.entries({ ...guideExamples, ...guideUploadExamples }).map(([name, { answer }]) => [
      name,
      async ({ agentId }: { readonly agentId: string | null }, request: unknown) => {
        asked.push({ command: name, agentId, request } as Asked);
        return ok(answer);
      },
    ]),
  ) as unknown as Guides;
}
