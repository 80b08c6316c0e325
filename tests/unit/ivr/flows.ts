import type { Deed, Flow, FlowEntrance, FlowNode, FlowSource, IvrAction, IvrInput, IvrState } from '../../../cti-bridge/ivr/index.ts';
import { startState, step } from '../../../cti-bridge/ivr/index.ts';

export const startedAt = 1_700_000_000_000;

/** A flow of these nodes that has nothing else to it. It starts at the first. */
export const flowOf = (nodes: Record<string, FlowNode>, start = Object.keys(nodes)[0] ?? '', more: Partial<Flow> = {}): Flow => ({
  format: 1,
  flowId: 'test',
  name: { en: 'Test', zh: '测试' },
  start,
  fallback: { queueId: 'fallback', prompt: 'technical-difficulty' },
  nodes,
  layout: {},
  tests: [],
  ...more,
});

export const sourceOf = (...flows: readonly Flow[]): FlowSource => {
  const published = new Map(flows.map((flow) => [flow.flowId, { version: 1, flow }]));
  return { find: (flowId) => published.get(flowId) };
};

/** Where calls enter that flow. The others are those that it may call. */
export const entranceOf = (flow: Flow, ...others: readonly Flow[]): FlowEntrance => ({
  entry: { version: 1, flow },
  flows: sourceOf(flow, ...others),
});

const key = (en: string, zh: string) => ({ en, zh });

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
      '1': key('Bills and payments', '账单与缴费'),
      '2': key('Faults and repairs', '报障与维修'),
      '0': key('An agent', '人工服务'),
      '9': key('Goodbye', '结束通话'),
    },
    waitMs: 5_000,
    attempts: 3,
    exits: { '1': 'wait-billing', '2': 'wait-repairs', '0': 'wait-general', '9': 'goodbye', noInput: 'wait-general' },
  },
  'wait-billing': { kind: 'play', prompts: ['please-wait'], exits: { next: 'billing' } },
  'wait-repairs': { kind: 'play', prompts: ['please-wait'], exits: { next: 'repairs' } },
  'wait-general': { kind: 'play', prompts: ['please-wait'], exits: { next: 'general' } },
  billing: { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
  repairs: { kind: 'queue', queueId: 'repairs', priority: 7, exits: {} },
  general: { kind: 'queue', queueId: 'general', priority: null, exits: {} },
  goodbye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
});

/** What a caller is, and what the house knows meanwhile. */
export interface CallerParts {
  readonly callerLocale?: 'en' | 'zh' | null;
  readonly facts?: Readonly<Record<string, string>>;
  readonly house?: Readonly<Record<string, string>>;
  /** Flows that may be called. */
  readonly others?: readonly Flow[];
  /** Whether it was answered already, where the flow does not begin with that. */
  readonly isAnswered?: boolean;
  /** Between one input and the next. */
  readonly stepMs?: number;
}

/** One caller in a flow. Each input comes a second after the one before, unless told otherwise. */
export class Caller {
  state: IvrState;
  /** The actions of the last input. */
  actions: readonly IvrAction[] = [];
  #at = startedAt;
  readonly #flows: FlowSource;
  readonly #parts: CallerParts;

  constructor(flow: Flow, parts: CallerParts = {}) {
    const { callerLocale = null, facts = {} } = parts;
    const entrance = entranceOf(flow, ...(parts.others ?? []));
    this.#flows = entrance.flows;
    this.#parts = parts;
    const begun = startState(entrance, { dialled: '10010', callerLocale, defaultLocale: 'zh', at: startedAt, facts });
    this.state = { ...begun, isAnswered: parts.isAnswered ?? true };
  }

  feed(...inputs: readonly IvrInput[]): this {
    for (const input of inputs) {
      this.#at += this.#parts.stepMs ?? 1_000;
      const house = { fact: (name: string) => this.#parts.house?.[name] };
      const result = step(this.#flows, this.state, input, { at: this.#at, house });
      this.state = result.state;
      this.actions = result.actions;
    }
    return this;
  }

  /** Time passes in which nothing happens. */
  after(ms: number): this {
    this.#at += ms;
    return this;
  }

  start(): this {
    return this.feed({ type: 'start' });
  }

  answered(): this {
    return this.feed({ type: 'answered' });
  }

  /** What plays has been heard out. */
  played(outcome: 'finished' | 'missing' = 'finished'): this {
    return this.feed({ type: 'played', outcome, ticket: this.state.sound ?? -1 });
  }

  presses(digits: string): this {
    return this.feed(...[...digits].map((digit): IvrInput => ({ type: 'digit', digit })));
  }

  /** What is waited for is over. */
  isSilent(): this {
    return this.feed({ type: 'timeout', ticket: this.state.timer ?? -1 });
  }

  /** What others were asked to do is done. */
  gets(outcome: string, facts: Readonly<Record<string, string>> = {}): this {
    return this.feed({ type: 'did', outcome, facts, ticket: this.state.deed ?? -1 });
  }

  hangsUp(): this {
    return this.feed({ type: 'callerLeft' });
  }

  /** The last actions in short: `play a+b`, `wait 5000`, `stopPlaying`, `leave menu by 1`, `queue billing`. That a node is entered goes without saying. */
  did(): readonly string[] {
    return this.actions.filter(({ type }) => type !== 'nodeEntered').map(inShort);
  }

  /** The path in short, without what was dialled. */
  path(): readonly string[] {
    return this.state.path.slice(1).map(({ code, facts }) => [code, ...Object.values(facts)].join(' '));
  }

  /** The deed that was asked for last. */
  deed(): Deed | undefined {
    const asked = this.actions.findLast((action) => action.type === 'do');
    return asked?.type === 'do' ? asked.deed : undefined;
  }
}

function inShort(action: IvrAction): string {
  switch (action.type) {
    case 'play':
      return `play ${action.prompts.join('+')} ${action.locale}`;
    case 'wait':
      return `wait ${action.ms}`;
    case 'do':
      return `do ${action.deed.kind}`;
    case 'mask':
      return action.isMasked ? 'mask' : 'unmask';
    case 'nodeLeft':
      return action.exit === null ? `end at ${action.nodeId}` : `leave ${action.nodeId} by ${action.exit}`;
    case 'queue':
      return [`queue ${action.queueId} ${action.priority ?? 'own'}`, ...(action.skills === null ? [] : [action.skills])].join(' ');
    case 'voicemail':
    case 'callbackKept':
      return `${action.type} ${action.queueId}`;
    case 'fault':
      return `fault: ${action.what}`;
    default:
      return action.type;
  }
}
