import type { Flow, FlowNode, IvrAction, IvrInput, IvrState } from '../../../cti-bridge/ivr/index.ts';
import { startState, step } from '../../../cti-bridge/ivr/index.ts';

export const startedAt = 1_700_000_000_000;

export const flowOf = (nodes: Record<string, FlowNode>, start = Object.keys(nodes)[0] ?? ''): Flow => ({
  flowId: 'test',
  version: 1,
  start,
  fallbackQueueId: 'fallback',
  nodes,
});

const key = (en: string, zh: string, next: string) => ({ label: { en, zh }, next });

/** The flow of a hotline: language of the caller, welcome, one menu with a queue per choice. */
export const hotline = flowOf({
  language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
  answer: { kind: 'answer', exits: { next: 'welcome' } },
  welcome: { kind: 'play', prompts: ['welcome'], exits: { next: 'menu' } },
  menu: {
    kind: 'menu',
    prompts: ['main-menu'],
    onSilence: 'nothing-heard',
    onWrongKey: 'wrong-key',
    keys: {
      '1': key('Bills and payments', '账单与缴费', 'wait-billing'),
      '2': key('Faults and repairs', '报障与维修', 'wait-repairs'),
      '0': key('An agent', '人工服务', 'wait-general'),
      '9': key('Goodbye', '结束通话', 'goodbye'),
    },
    waitMs: 5_000,
    attempts: 3,
    exits: { noInput: 'wait-general' },
  },
  'wait-billing': { kind: 'play', prompts: ['please-wait'], exits: { next: 'billing' } },
  'wait-repairs': { kind: 'play', prompts: ['please-wait'], exits: { next: 'repairs' } },
  'wait-general': { kind: 'play', prompts: ['please-wait'], exits: { next: 'general' } },
  billing: { kind: 'queue', queueId: 'billing', priority: null },
  repairs: { kind: 'queue', queueId: 'repairs', priority: 7 },
  general: { kind: 'queue', queueId: 'general', priority: null },
  goodbye: { kind: 'hangUp', prompts: ['goodbye'] },
});

/** One caller in a flow. Each input comes a second after the one before. */
export class Caller {
  state: IvrState;
  /** The actions of the last input. */
  actions: readonly IvrAction[] = [];
  #at = startedAt;
  readonly #flow: Flow;

  constructor(flow: Flow, callerLocale: 'en' | 'zh' | null = null) {
    this.#flow = flow;
    this.state = startState(flow, { dialled: '10010', callerLocale, defaultLocale: 'zh', at: startedAt });
  }

  feed(...inputs: readonly IvrInput[]): this {
    for (const input of inputs) {
      this.#at += 1_000;
      const result = step(this.#flow, this.state, input, this.#at);
      this.state = result.state;
      this.actions = result.actions;
    }
    return this;
  }

  start(): this {
    return this.feed({ type: 'start' });
  }

  answered(): this {
    return this.feed({ type: 'answered' });
  }

  played(outcome: 'finished' | 'missing' = 'finished'): this {
    return this.feed({ type: 'played', outcome });
  }

  presses(digits: string): this {
    return this.feed(...[...digits].map((digit): IvrInput => ({ type: 'digit', digit })));
  }

  isSilent(): this {
    return this.feed({ type: 'timeout' });
  }

  hangsUp(): this {
    return this.feed({ type: 'callerLeft' });
  }

  /** The last actions in short: `play a+b`, `wait 5000`, `stopPlaying`, `leave menu by 1`, `queue billing`. */
  did(): readonly string[] {
    return this.actions.map(inShort);
  }

  /** The path in short, without what was dialled. */
  path(): readonly string[] {
    return this.state.path.slice(1).map(({ code, facts }) => [code, ...Object.values(facts)].join(' '));
  }
}

function inShort(action: IvrAction): string {
  switch (action.type) {
    case 'play':
      return `play ${action.prompts.join('+')} ${action.locale}`;
    case 'wait':
      return `wait ${action.ms}`;
    case 'nodeLeft':
      return `leave ${action.nodeId} by ${action.exit}`;
    case 'queue':
      return `queue ${action.queueId} ${action.priority ?? 'own'}`;
    case 'fault':
      return `fault: ${action.what}`;
    default:
      return action.type;
  }
}
