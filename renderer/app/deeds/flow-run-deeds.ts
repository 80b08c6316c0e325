import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import type { Answered, FlowRunDeeds } from '../../features/flows/run-deeds.ts';
import type { Stores } from '../../stores/index.ts';

/** Runs of flows as the bridge knows them. Nothing of it is kept here: each screen asks for what it shows. */
export function flowRunDeeds(parts: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'upload'>;
  readonly callDraft: FlowRunDeeds['callDraft'];
}): FlowRunDeeds {
  const { stores, bridge, callDraft } = parts;
  return {
    simulate: async (flow, given, steps) => answered(await bridge.upload('flow:simulate', { flow, given, steps: [...steps] })),
    openTry: async (flowId) => answered(await bridge.command('flow:open-try', { flowId }), ({ dial }) => dial),
    callDraft,
    readHeat: async (request) => answered(await bridge.command('flow:heat', request)),
    findCalls: async (request) => answered(await bridge.command('flow:traces', request), ({ calls }) => calls),
    readTrace: async (interactionId) => answered(await bridge.command('interaction:trace', { interactionId }), ({ steps }) => steps),
    async openPrompt(promptId, locale) {
      const outcome = await bridge.command('prompt:open', { promptId, locale });
      return outcome.ok ? new URL(outcome.value.path, stores.settings.getState().bridgeUrl).href : null;
    },
    readPrompts: async () => answered(await bridge.command('prompt:list', {}), ({ prompts }) => prompts),
  };
}

function answered<Value>(outcome: CommandOutcome<Value>): Answered<Value>;
function answered<Value, Part>(outcome: CommandOutcome<Value>, part: (value: Value) => Part): Answered<Part>;
function answered<Value>(outcome: CommandOutcome<Value>, part = (value: Value): unknown => value): Answered<unknown> {
  return outcome.ok ? { ok: true, value: part(outcome.value) } : { ok: false, code: outcome.error.code };
}
