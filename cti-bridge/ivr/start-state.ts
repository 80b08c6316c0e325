import type { FlowEntrance, IvrState } from './model.ts';

/** Who calls, as far as it is known before the flow begins. */
export interface IvrCaller {
  readonly dialled: string;
  /** The language on the caller's record, null when nobody knows it. */
  readonly callerLocale: 'en' | 'zh' | null;
  readonly defaultLocale: 'en' | 'zh';
  /** Epoch ms. */
  readonly at: number;
  /** What is known besides, by the names of facts: of the call, of the customer, and what was passed on by who had the call before. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** A run that has not begun: feed it `start`. */
export function startState({ entry }: FlowEntrance, caller: IvrCaller): IvrState {
  const { flow, version } = entry;
  return {
    frames: [{ flowId: flow.flowId, version, nodeId: flow.start }],
    locale: caller.defaultLocale,
    callerLocale: caller.callerLocale,
    facts: { ...caller.facts, 'call.dialled': caller.dialled },
    masked: [],
    priority: null,
    skills: null,
    path: [{ at: caller.at, code: 'dialled', facts: { number: caller.dialled } }],
    isAnswered: false,
    stepCount: 0,
    ticket: 0,
    sound: null,
    timer: null,
    deed: null,
    isMasking: false,
    keys: '',
    typedAhead: '',
    quietSince: caller.at,
    hasLeft: false,
    waiting: { kind: 'nothing' },
  };
}
