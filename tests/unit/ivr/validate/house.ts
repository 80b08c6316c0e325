import { type Flow, type FlowHouse, type FlowNode, judgeFlow } from '../../../../cti-bridge/ivr/index.ts';
import { flowOf } from '../flows.ts';

/** A house in which every prompt is there, with a queue, opening hours and two skills. */
export const houseOf = (parts: Partial<FlowHouse> & { readonly others?: readonly Flow[] } = {}): FlowHouse => ({
  queueIds: new Set(['fallback', 'billing']),
  hoursIds: new Set(['day']),
  skillIds: new Set(['billing', 'french']),
  flows: (flowId) => parts.others?.find((flow) => flow.flowId === flowId),
  prompt: () => ({ en: 'sound', zh: 'sound' }),
  ...parts,
});

export const answer = (next: string): FlowNode => ({ kind: 'answer', exits: { next } });
export const play = (next: string): FlowNode => ({ kind: 'play', prompts: ['p'], exits: { next } });
export const queue: FlowNode = { kind: 'queue', queueId: 'billing', priority: null, exits: {} };
export const goBack: FlowNode = { kind: 'return', exits: {} };
export const callFlow = (flowId: string, next: string): FlowNode => ({ kind: 'callFlow', flowId, exits: { next } });

export function menu(settings: Partial<Extract<FlowNode, { kind: 'menu' }>> = {}): FlowNode {
  return {
    kind: 'menu',
    prompts: ['menu'],
    onSilence: 's',
    onWrongKey: 'w',
    keys: { '1': { en: 'One', zh: '一' } },
    waitMs: 5_000,
    attempts: 3,
    exits: { '1': 'queue', noInput: 'queue' },
    ...settings,
  };
}

/** A flow that answers and goes on at the first of these nodes; a queue is there. */
export function answered(nodes: Record<string, FlowNode>, more: Partial<Flow> = {}): Flow {
  const [first = 'queue'] = Object.keys(nodes);
  return flowOf({ answer: answer(first), ...nodes, queue }, 'answer', more);
}

/** What is wrong, in short: `unknownQueue pay queueId`. Warnings in brackets. */
export function problemsOf(flow: unknown, house: FlowHouse = houseOf()): readonly string[] {
  return judgeFlow(flow, house).map(({ severity, code, nodeId, field }) => {
    const short = [code, nodeId ?? 'flow', ...(field === null ? [] : [field])].join(' ');
    return severity === 'error' ? short : `(${short})`;
  });
}
