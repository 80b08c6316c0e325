import { exitsOf } from '../../shared/contracts/ivr/exits.ts';
import type { FlowNode } from '../../shared/contracts/ivr/nodes.ts';
import { learn } from './facts.ts';
import { enter, isKnown, needsOf, onInput } from './kinds.ts';
import type { FlowSource, Frame, HouseFacts, IvrAction, IvrInput, IvrState, Moment, PublishedFlow } from './model.ts';
import type { Effects, NodeAction, Outcome, RunView } from './nodes/node-kind.ts';
import { Sounding } from './sounding.ts';

/** Nodes one run may enter. Nobody presses that many keys; a flow that gets there runs in a circle. */
export const maxSteps = 10_000;
/** Flows that may have called one another. */
export const maxFrames = 20;
const maxKeys = 40;
/** Lines of the path. Who goes round in a menu for an hour is remembered by their first line and the latest. */
const maxPath = 100;

/** In place of a ticket: music does not end by itself. */
const endless = 0;

type Draft = { -readonly [Key in keyof IvrState]: IvrState[Key] };

/** One step being worked out. The state is copied once; what it holds is replaced, never changed. */
export class Run implements RunView {
  readonly at: number;
  readonly house: HouseFacts;
  readonly #flows: FlowSource;
  readonly #before: IvrState;
  readonly #state: Draft;
  /** Something came of it: what is not heard changes nothing whatever. */
  #hasMoved = false;
  readonly #actions: IvrAction[] = [];
  readonly #sounding: Sounding;

  constructor(flows: FlowSource, state: IvrState, { at, house }: Moment) {
    this.at = at;
    this.house = house;
    this.#flows = flows;
    this.#before = state;
    this.#state = { ...state };
    this.#sounding = new Sounding(this.#state, this.#actions);
  }

  get state(): IvrState {
    return this.#state;
  }

  start(): this {
    this.#state.quietSince = this.at;
    return this.#settle(this.#enter(this.#place().nodeId));
  }

  take(input: Exclude<IvrInput, { readonly type: 'start' | 'callerLeft' }>): this {
    const node = this.#node();
    if (node === null) return this.#settle(this.#broken(`no node "${this.#place().nodeId}"`));
    this.#note(input);
    const outcome = onInput(node, this, asPromised(node, input));
    if (outcome.then === 'ignore' && input.type === 'digit') return this;
    return this.#settle(outcome);
  }

  callerLeft(): this {
    const hasBegun = this.#state.waiting.kind !== 'nothing';
    this.#state.hasLeft = true;
    this.#state.typedAhead = '';
    return this.#settle(hasBegun ? { then: 'leave', exit: 'hangUp' } : this.#over());
  }

  /** Ends the run without asking the flow anything more. */
  giveUp(what: string): this {
    return this.#settle(this.#fallBack(what));
  }

  done(): { readonly state: IvrState; readonly actions: readonly IvrAction[] } {
    return { state: this.#hasMoved ? this.#state : this.#before, actions: this.#actions };
  }

  /** Carries out what a node said, and goes on from node to node until one waits or the run is over. */
  #settle(first: Outcome | null): this {
    this.#hasMoved = true;
    for (let outcome = first; outcome !== null; ) outcome = this.#carryOut(outcome);
    return this;
  }

  #carryOut(outcome: Outcome): Outcome | null {
    switch (outcome.then) {
      case 'ignore':
        return null;
      case 'keepKey':
        this.#typedAhead(outcome.digit);
        return null;
      case 'wait':
        this.#apply(outcome);
        this.#state.waiting = outcome.waiting;
        return this.#nextTypedKey();
      case 'leave':
        return this.#leave(outcome);
      case 'call':
        return this.#call(outcome.flowId);
      case 'return':
        return this.#return();
      case 'end': {
        const { actions, ...effects } = outcome;
        this.#leaveNode(null, this.#apply(effects));
        this.#act(actions ?? []);
        return this.#over();
      }
    }
  }

  #enter(nodeId: string): Outcome | null {
    const state = this.#state;
    if (nodeId !== this.#place().nodeId) state.frames = [...state.frames.slice(0, -1), { ...this.#place(), nodeId }];
    const node = this.#node();
    if (node === null) return this.#broken(`no node "${nodeId}"`);
    if (state.hasLeft && needsOf(node) !== 'nobody') return this.#over();
    if (state.stepCount >= maxSteps) return this.#fallBack(`more than ${maxSteps} steps`);
    state.stepCount++;
    state.waiting = { kind: 'nothing' };
    state.keys = '';
    this.#actions.push({ type: 'nodeEntered', ...this.#place() });
    return enter(node, this);
  }

  #leave(outcome: Extract<Outcome, { readonly then: 'leave' }>): Outcome | null {
    this.#leaveNode(outcome.exit, this.#apply(outcome));
    return this.#goOn(outcome.exit);
  }

  /** The way that an exit leads, or what comes in its place where it is not given. */
  #goOn(exit: string): Outcome | null {
    const ways = this.#node()?.exits ?? {};
    const to = wayOf(ways, exit) ?? (exit === 'timeout' ? wayOf(ways, 'error') : undefined);
    if (to !== undefined) return this.#enter(to);
    if (exit === 'hangUp') return this.#unwind('hangUp') ?? this.#over();
    const { nodeId } = this.#place();
    return this.#broken(exit === 'error' ? `"${nodeId}" failed` : `no way out of "${nodeId}" by "${exit}"`);
  }

  #call(flowId: string): Outcome | null {
    const called = this.#flows.find(flowId);
    if (called === undefined || this.#state.frames.length >= maxFrames) return { then: 'leave', exit: 'error' };
    const { flow, version } = called;
    this.#state.frames = [...this.#state.frames, { flowId, version, nodeId: flow.start }];
    return this.#enter(flow.start);
  }

  #return(): Outcome | null {
    if (this.#state.frames.length === 1) return this.#broken('nobody called this flow: there is nowhere to return to');
    this.#leaveNode('return', {});
    return this.#backTo(this.#state.frames.length - 1, 'next');
  }

  /** What an error or a hang-up comes to that the node itself has no way for: the node that called this flow may have one. */
  #unwind(exit: 'error' | 'hangUp'): Outcome | null {
    const { frames } = this.#state;
    for (let depth = frames.length - 1; depth > 0; depth--) {
      const caller = frames[depth - 1];
      const node = caller && nodeAt(this.#flows, caller);
      if (node && wayOf(node.exits, exit) !== undefined) return this.#backTo(depth, exit);
    }
    return null;
  }

  #backTo(depth: number, exit: string): Outcome {
    this.#state.frames = this.#state.frames.slice(0, depth);
    this.#state.keys = '';
    return { then: 'leave', exit };
  }

  #broken(what: string): Outcome | null {
    const caught = this.#state.stepCount < maxSteps ? this.#unwind('error') : null;
    if (caught === null) return this.#fallBack(what);
    this.#actions.push({ type: 'fault', what });
    return caught;
  }

  #fallBack(what: string): null {
    this.#stopAll();
    this.#actions.push({ type: 'fault', what });
    if (this.#state.hasLeft) return this.#over();
    const published = this.#state.frames.map(({ flowId }) => this.#flows.find(flowId)).findLast((found) => found !== undefined);
    const queueId = published?.flow.fallback.queueId;
    if (queueId === undefined) {
      this.#actions.push({ type: 'hangUp' });
      return this.#over();
    }
    const { priority, skills } = this.#state;
    this.#actions.push({ type: 'queue', queueId, priority, skills });
    this.#apply({ path: [{ code: 'queued', facts: { queueId } }] });
    return this.#over();
  }

  #over(): null {
    this.#state.waiting = { kind: 'over' };
    this.#state.typedAhead = '';
    return null;
  }

  /** A node that listens gets at once what was pressed before it did. */
  #nextTypedKey(): Outcome | null {
    const state = this.#state;
    const node = this.#node();
    while (node !== null && state.typedAhead !== '' && (state.waiting.kind === 'key' || state.waiting.kind === 'digits')) {
      const digit = state.typedAhead.charAt(0);
      state.typedAhead = state.typedAhead.slice(1);
      const outcome = onInput(node, this, { type: 'digit', digit });
      if (outcome.then !== 'ignore') return outcome;
    }
    return null;
  }

  /** What an input ends, whatever the node makes of it. */
  #note(input: Exclude<IvrInput, { readonly type: 'start' | 'callerLeft' }>): void {
    const state = this.#state;
    const isHeard = input.type === 'did' ? state.sound !== null : input.type !== 'timeout' || state.waiting.kind !== 'deed';
    if (isHeard) state.quietSince = this.at;
    if (input.type === 'played') this.#sounding.hasPlayed();
    if (input.type === 'timeout') this.#sounding.timerHasRun();
    if (input.type === 'did') state.deed = null;
    if (input.type === 'answered') state.isAnswered = true;
  }

  /** Answers with what became known by it, without secrets. */
  #apply(effects: Effects): Readonly<Record<string, string>> {
    const state = this.#state;
    if (effects.path && effects.path.length > 0) {
      const path = [...state.path, ...effects.path.map((note) => ({ at: this.at, ...note }))];
      state.path = path.length <= maxPath ? path : path.toSpliced(1, path.length - maxPath);
    }
    if (effects.locale !== undefined) state.locale = effects.locale;
    if (effects.priority !== undefined) state.priority = effects.priority;
    if (effects.skills !== undefined) state.skills = effects.skills;
    if (effects.key !== undefined && state.keys.length < maxKeys) state.keys += effects.key;
    if (effects.typedAhead !== undefined) this.#typedAhead(effects.typedAhead);
    const learned = learn(state, effects);
    this.#act(effects.actions ?? []);
    return learned;
  }

  #typedAhead(digit: string): void {
    if (this.#state.typedAhead.length < maxKeys) this.#state.typedAhead += digit;
  }

  /** A prompt ends the wait that ran and a wait the prompt that plays, unless both are asked for together. */
  #act(actions: readonly NodeAction[]): void {
    const isPlaying = actions.some(({ type }) => type === 'play' || type === 'music');
    const isWaiting = actions.some(({ type }) => type === 'wait');
    if (isPlaying && !isWaiting && this.#state.waiting.kind !== 'deed') this.#sounding.stopWaiting();
    if (isWaiting && !isPlaying) this.#sounding.stopSound(this.at);
    for (const action of actions) this.#actOne(action);
  }

  #actOne(action: NodeAction): void {
    const state = this.#state;
    switch (action.type) {
      case 'play':
        return this.#sounding.sound({ ...action, ticket: ++state.ticket }, state.ticket);
      case 'music':
        return this.#sounding.sound(action, endless);
      case 'wait':
        return this.#sounding.wait({ ...action, ticket: ++state.ticket });
      case 'do': {
        const ticket = ++state.ticket;
        if (action.deed.kind !== 'surveyAnswer') state.deed = ticket;
        this.#actions.push({ ...action, ticket });
        return;
      }
      case 'mask':
        state.isMasking = action.isMasked;
        this.#actions.push(action);
        return;
      default:
        this.#actions.push(action);
    }
  }

  #leaveNode(exit: string | null, facts: Readonly<Record<string, string>>): void {
    this.#stopAll();
    const { keys } = this.#state;
    this.#actions.push({ type: 'nodeLeft', ...this.#place(), exit, keys: keys === '' ? null : keys, facts });
    this.#state.waiting = { kind: 'nothing' };
  }

  #stopAll(): void {
    const state = this.#state;
    this.#sounding.stopSound(this.at);
    this.#sounding.stopWaiting();
    if (state.deed !== null) this.#actions.push({ type: 'stopDoing', ticket: state.deed });
    if (state.isMasking) this.#actions.push({ type: 'mask', isMasked: false });
    state.deed = null;
    state.isMasking = false;
  }

  #place(): Frame {
    return placeOf(this.#state);
  }

  #node(): FlowNode | null {
    return nodeAt(this.#flows, this.#place());
  }
}

/** An outcome that a deed cannot have is an error of whoever performed it. */
function asPromised<Input extends IvrInput>(node: FlowNode, input: Input): Input {
  if (input.type !== 'did') return input;
  const isOutcome =
    exitsOf(node).some(({ name }) => name === input.outcome) || (node.kind === 'transfer' && input.outcome === 'transferred');
  return isOutcome || input.outcome === 'timeout' ? input : { ...input, outcome: 'error' };
}

/** Where the run stands. */
export function placeOf({ frames }: IvrState): Frame {
  const frame = frames.at(-1);
  if (frame === undefined) throw new Error('a run stands nowhere');
  return frame;
}

function nodeAt(flows: FlowSource, { flowId, nodeId }: Frame): FlowNode | null {
  const published: PublishedFlow | undefined = flows.find(flowId);
  const node = published && Object.hasOwn(published.flow.nodes, nodeId) ? published.flow.nodes[nodeId] : undefined;
  return node !== undefined && isKnown(node) ? node : null;
}

function wayOf(exits: FlowNode['exits'], exit: string): string | undefined {
  return Object.hasOwn(exits, exit) ? exits[exit] : undefined;
}
