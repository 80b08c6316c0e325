import type { CallerStep, Flow, FlowNode, FlowTest, Pretended } from '../../../ivr/index.ts';

/** A flow that begins at the first of its nodes. Where the editor draws them it finds out itself. */
export function demoFlow(flowId: string, name: Flow['name'], nodes: Flow['nodes'], tests: readonly FlowTest[] = []): Flow {
  const [start = ''] = Object.keys(nodes);
  const fallback = { queueId: 'general', prompt: 'technical-difficulty' };
  return { format: 1, flowId, name, start, fallback, nodes, layout: {}, tests: [...tests] };
}

/** The last words before the music, and the queue: `wait-QUEUE` and `queue-QUEUE`. */
export function waitThenQueue(queueId: string): Record<string, FlowNode> {
  return {
    [`wait-${queueId}`]: { kind: 'play', prompts: ['please-wait'], exits: { next: `queue-${queueId}` } },
    [`queue-${queueId}`]: { kind: 'queue', queueId, priority: null, exits: {} },
  };
}

/** A caller whom a test makes up: a stranger in the morning of a working day, unless it says otherwise. */
export function calls(dialled: string, more: Partial<Pretended> = {}): Pretended {
  return { number: '+447700900999', dialled, at: '2026-11-23T10:00', locale: null, facts: {}, answers: {}, ...more };
}

export const press = (keys: string): CallerStep => ({ keys });
export const silence: CallerStep = { does: 'staysSilent' };
