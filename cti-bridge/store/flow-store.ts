import type { FlowRepository, PromptRepository, TraceRepository } from '../ivr/index.ts';
import type { StoreAccess } from './access.ts';

/** The ports of call flows, each made of operations of the worker threads. */
export function createFlowStore({
  read,
  browse,
  write,
  keepLater,
  ids,
}: Pick<StoreAccess, 'read' | 'browse' | 'write' | 'ids'> & {
  readonly keepLater: StoreAccess['keep'];
}): { readonly flows: FlowRepository; readonly prompts: PromptRepository; readonly traces: TraceRepository } {
  return {
    flows: {
      readAll: () => read('readFlows'),
      read: (flowId) => read('readFlow', flowId),
      readVersion: (flowId, version) => read('readFlowVersion', flowId, version),
      versions: (flowId) => read('readFlowVersions', flowId),
      saveDraft: (saving) => write('saveFlowDraft', saving),
      discardDraft: (discarding) => write('discardFlowDraft', discarding),
      publish: (publishing) => write('publishFlow', publishing),
      remove: (removing) => write('removeFlow', removing),
      readEntries: () => read('readFlowEntries'),
      saveEntries: (saving) => write('saveFlowEntries', saving),
    },
    prompts: {
      readAll: () => read('readPrompts'),
      save: (saving) => write('savePrompt', saving),
      remove: (removing) => write('removePrompt', removing),
    },
    traces: {
      // Asked for in the turn of the event that says the same: both are in one unit of work, and nobody waits for this one.
      note: (passed) => keepLater('noteIvrSteps', [{ ...passed, stepId: ids.next<string>() }]),
      read: (interactionId, scope) => browse('readTrace', interactionId, scope),
      search: (wanted, scope) => browse('searchTraces', wanted, scope),
      heat: (flowId, version, from, to) => browse('readHeat', flowId, version, from, to),
    },
  };
}
