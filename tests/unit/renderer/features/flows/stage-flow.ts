import type { Flow } from '../../../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../../../shared/contracts/ivr/nodes.ts';

const base: Flow = {
  format: 1,
  flowId: 'day',
  name: { en: 'Business line, day', zh: '集团热线（日间）' },
  start: 'answer',
  fallback: { queueId: 'front', prompt: 'sorry' },
  nodes: {},
  layout: {},
  tests: [],
};

/** A flow of these nodes, whose first one is the start. */
export function flowOf(nodes: Readonly<Record<string, FlowNode>>, change: Partial<Flow> = {}): Flow {
  return { ...base, start: Object.keys(nodes)[0] ?? 'answer', nodes: { ...nodes }, ...change };
}

export const play = (exits: Record<string, string> = {}): FlowNode => ({ kind: 'play', prompts: ['welcome'], exits });
export const hangUp: FlowNode = { kind: 'hangUp', prompts: [], exits: {} };
export const queue = (queueId = 'front'): FlowNode => ({ kind: 'queue', queueId, priority: null, exits: {} });
export const menu = (exits: Record<string, string> = {}, keys: readonly string[] = ['1', '2']): FlowNode => ({
  kind: 'menu',
  prompts: ['main-menu'],
  onSilence: null,
  onWrongKey: null,
  keys: Object.fromEntries(keys.map((key) => [key, { en: `Key ${key}`, zh: `按键 ${key}` }])),
  waitMs: 5_000,
  attempts: 3,
  exits,
});
