import type { Flow, FlowNode, IvrAction, IvrInput, IvrState } from './model.ts';
import { answer } from './nodes/answer.ts';
import { collect } from './nodes/collect.ts';
import { hangUp } from './nodes/hang-up.ts';
import { menu } from './nodes/menu.ts';
import { type NodeAction, type NodeInput, type NodeKind, type NodeOf, type Outcome, stopWhatGoesOn } from './nodes/node-kind.ts';
import { play } from './nodes/play.ts';
import { queue } from './nodes/queue.ts';
import { setLanguage } from './nodes/set-language.ts';

/** Nodes one run may enter. Nobody presses that many keys; a flow that gets there runs in a circle. */
export const maxSteps = 10_000;

const kinds: { readonly [Kind in FlowNode['kind']]: NodeKind<Kind> } = { answer, play, setLanguage, menu, collect, queue, hangUp };

export interface IvrStep {
  readonly state: IvrState;
  readonly actions: readonly IvrAction[];
}

/** A run that has not begun: feed it `start`. `callerLocale` is the language on the caller's record, null when nobody knows it. */
export function startState(
  flow: Flow,
  caller: {
    readonly dialled: string;
    readonly callerLocale: 'en' | 'zh' | null;
    readonly defaultLocale: 'en' | 'zh';
    readonly at: number;
  },
): IvrState {
  return {
    flowId: flow.flowId,
    nodeId: flow.start,
    locale: caller.defaultLocale,
    callerLocale: caller.callerLocale,
    dialled: caller.dialled,
    attributes: {},
    path: [{ at: caller.at, code: 'dialled', facts: { number: caller.dialled } }],
    stepCount: 0,
    ticket: 0,
    typedAhead: '',
    waiting: { kind: 'nothing' },
  };
}

/**
 * One step of the menu: what happened goes in, the new state and what to do come out. `at` is epoch ms and goes into the path. Never
 * throws: what does not fit, or comes late, changes nothing, and a broken flow ends in its fallback queue.
 */
export function step(flow: Flow, state: IvrState, input: IvrInput, at: number): IvrStep {
  const unchanged: IvrStep = { state, actions: [] };
  if (state.waiting.kind === 'over' || isLate(state, input) || isNoKey(input)) return unchanged;
  if (input.type === 'callerLeft') return callerLeft(state);
  const hasBegun = state.waiting.kind !== 'nothing';
  if (input.type === 'start') return hasBegun ? unchanged : new Run(flow, state, at).enter(state.nodeId);
  if (!hasBegun) return unchanged;
  const node = nodeOf(flow, state.nodeId);
  if (node === null) return new Run(flow, state, at).fault(`no node "${state.nodeId}"`);
  const outcome = onInput(node, state, input);
  return outcome.then === 'ignore' ? unchanged : new Run(flow, state, at).follow(outcome);
}

/** One step being worked out. Collects what the nodes passed through ask for, so that a chain of them costs no copying. */
class Run {
  readonly #flow: Flow;
  readonly #at: number;
  readonly #actions: IvrAction[] = [];
  readonly #path: IvrState['path'][number][];
  #state: IvrState;

  constructor(flow: Flow, state: IvrState, at: number) {
    this.#flow = flow;
    this.#at = at;
    this.#path = [...state.path];
    this.#state = { ...state, path: this.#path };
  }

  /** Enters a node and goes on to the next ones until one waits or the run is over. */
  enter(nodeId: string): IvrStep {
    let entered = this.#enterOne(nodeId);
    while (entered.then === 'leave') {
      this.#leave(entered);
      entered = this.#enterOne(entered.to);
    }
    return entered.then === 'fault' ? this.fault(entered.what) : this.#takeTypedAhead(this.#rest(entered));
  }

  /** Carries out what a node answered to an input, and goes on from there. */
  follow(outcome: Outcome): IvrStep {
    if (outcome.then !== 'leave') return this.#rest(outcome);
    this.#leave(outcome);
    return this.enter(outcome.to);
  }

  /** A node that listens gets at once what was pressed before it did. */
  #takeTypedAhead(rested: IvrStep): IvrStep {
    const { waiting, typedAhead, nodeId } = rested.state;
    const [digit] = typedAhead;
    const node = nodeOf(this.#flow, nodeId);
    if (digit === undefined || node === null || (waiting.kind !== 'menuKey' && waiting.kind !== 'digits')) return rested;
    this.#state = { ...this.#state, waiting, typedAhead: typedAhead.slice(1) };
    return this.follow(onInput(node, this.#state, { type: 'digit', digit }));
  }

  fault(what: string): IvrStep {
    const { waiting } = this.#state;
    this.#actions.push(...stopWhatGoesOn(waiting), { type: 'fault', what });
    this.#actions.push({ type: 'queue', queueId: this.#flow.fallbackQueueId, priority: null });
    this.#path.push({ at: this.#at, code: 'queued', facts: { queueId: this.#flow.fallbackQueueId } });
    return this.#result({ kind: 'over' });
  }

  #enterOne(nodeId: string): Outcome | { readonly then: 'fault'; readonly what: string } {
    const node = nodeOf(this.#flow, nodeId);
    if (node === null) return { then: 'fault', what: `no node "${nodeId}"` };
    if (this.#state.stepCount >= maxSteps) return { then: 'fault', what: `more than ${maxSteps} steps` };
    this.#state = { ...this.#state, nodeId, stepCount: this.#state.stepCount + 1, waiting: { kind: 'nothing' } };
    return enter(node, this.#state);
  }

  #leave(outcome: Extract<Outcome, { readonly then: 'leave' }>): void {
    this.#apply(outcome);
    this.#actions.push({ type: 'nodeLeft', nodeId: this.#state.nodeId, exit: outcome.exit });
    this.#state = { ...this.#state, waiting: { kind: 'nothing' } };
  }

  #rest(outcome: Exclude<Outcome, { readonly then: 'leave' }>): IvrStep {
    if (outcome.then === 'ignore') return this.#result(this.#state.waiting);
    if (outcome.then === 'end') this.#actions.push({ type: 'nodeLeft', nodeId: this.#state.nodeId, exit: outcome.exit });
    this.#apply(outcome);
    return this.#result(outcome.then === 'wait' ? outcome.waiting : { kind: 'over' });
  }

  #apply(outcome: Exclude<Outcome, { readonly then: 'ignore' }>): void {
    for (const note of outcome.path ?? []) this.#path.push({ at: this.#at, ...note });
    if (outcome.locale) this.#state = { ...this.#state, locale: outcome.locale };
    if (outcome.typedAhead) this.#state = { ...this.#state, typedAhead: this.#state.typedAhead + outcome.typedAhead };
    if (outcome.attribute) {
      const { name, value } = outcome.attribute;
      this.#state = { ...this.#state, attributes: { ...this.#state.attributes, [name]: value } };
    }
    for (const action of outcome.actions ?? []) this.#act(action);
  }

  #act(action: NodeAction): void {
    if (action.type !== 'play' && action.type !== 'wait') {
      this.#actions.push(action);
      return;
    }
    const ticket = this.#state.ticket + 1;
    this.#state = { ...this.#state, ticket };
    this.#actions.push({ ...action, ticket });
  }

  #result(waiting: IvrState['waiting']): IvrStep {
    return { state: { ...this.#state, waiting }, actions: this.#actions };
  }
}

function callerLeft(state: IvrState): IvrStep {
  const left: IvrAction[] = state.waiting.kind === 'nothing' ? [] : [{ type: 'nodeLeft', nodeId: state.nodeId, exit: 'callerLeft' }];
  return { state: { ...state, waiting: { kind: 'over' } }, actions: [...stopWhatGoesOn(state.waiting), ...left] };
}

function isLate(state: IvrState, input: IvrInput): boolean {
  return (input.type === 'played' || input.type === 'timeout') && input.ticket !== undefined && input.ticket !== state.ticket;
}

function isNoKey(input: IvrInput): boolean {
  return input.type === 'digit' && !/^[0-9*#A-D]$/.test(input.digit);
}

/** A kind this program does not know, from a newer one, is as good as no node. */
function nodeOf(flow: Flow, nodeId: string): FlowNode | null {
  const node = Object.hasOwn(flow.nodes, nodeId) ? flow.nodes[nodeId] : undefined;
  return node !== undefined && Object.hasOwn(kinds, node.kind) ? node : null;
}

function enter<Kind extends FlowNode['kind']>(node: NodeOf[Kind], state: IvrState): Outcome {
  return kinds[node.kind as Kind].enter(node, state);
}

function onInput<Kind extends FlowNode['kind']>(node: NodeOf[Kind], state: IvrState, input: NodeInput): Outcome {
  return kinds[node.kind as Kind].onInput(node, state, input);
}
