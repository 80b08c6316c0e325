import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import type { FlowReferences } from '../../stores/index.ts';

/** Small flows to begin with; each is a whole way from the answer to an end. */
export const templates = ['menu', 'hours', 'empty'] as const;
export type Template = (typeof templates)[number];

export interface NewFlow {
  readonly flowId: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly template: Template;
}

export function flowFrom({ flowId, name, template }: NewFlow, references: FlowReferences): Flow {
  const { queues, hours, prompts } = references;
  const first = queues[0]?.id ?? '';
  const second = queues[1]?.id ?? first;
  /** The first of these that the house has; what nobody has recorded yet is named as a problem. */
  const prompt = (...wishes: readonly string[]) => wishes.find((wish) => prompts.includes(wish)) ?? prompts[0] ?? wishes[0] ?? 'welcome';
  const nodes = nodesOf(template, { first, second, hoursId: hours[0]?.id ?? '' }, prompt);
  return {
    format: 1,
    flowId,
    name: { ...name },
    start: 'answer',
    fallback: { queueId: first, prompt: prompt('sorry', 'please-wait', 'goodbye') },
    nodes,
    layout: {},
    tests: [],
  };
}

function nodesOf(
  template: Template,
  { first, second, hoursId }: { first: string; second: string; hoursId: string },
  prompt: (...wishes: readonly string[]) => string,
): Record<string, FlowNode> {
  const welcome: FlowNode = { kind: 'play', prompts: [prompt('welcome')], exits: {} };
  const queue = (queueId: string): FlowNode => ({ kind: 'queue', queueId, priority: null, exits: {} });
  switch (template) {
    case 'empty':
      return {
        answer: { kind: 'answer', exits: { next: 'bye' } },
        bye: { kind: 'hangUp', prompts: [prompt('goodbye', 'welcome')], exits: {} },
      };
    case 'menu':
      return {
        answer: { kind: 'answer', exits: { next: 'welcome' } },
        welcome: { ...welcome, exits: { next: 'menu' } },
        menu: {
          ...{
            kind: 'menu',
            prompts: [prompt('menu-main', 'main-menu', 'menu')],
            onSilence: null,
            onWrongKey: null,
            waitMs: 5_000,
            attempts: 3,
          },
          keys: { '1': { en: '', zh: '' }, '2': { en: '', zh: '' } },
          exits: { '1': 'queue-1', '2': 'queue-2', noInput: 'queue-1' },
        },
        'queue-1': queue(first),
        'queue-2': queue(second),
      };
    case 'hours':
      return {
        answer: { kind: 'answer', exits: { next: 'hours' } },
        hours: { kind: 'hours', hoursId, exits: { open: 'welcome', closed: 'voicemail' } },
        welcome: { ...welcome, exits: { next: 'queue' } },
        queue: queue(first),
        voicemail: { kind: 'voicemail', queueId: first, exits: {} },
      };
  }
}
