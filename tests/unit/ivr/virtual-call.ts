import {
  type Deed,
  exitsOf,
  type FlowEntrance,
  type IvrAction,
  type IvrInput,
  type IvrState,
  isOver,
  placeOf,
  startState,
  step,
} from '../../../cti-bridge/ivr/index.ts';
import { startedAt } from './flows.ts';

/** A choice from 0 to one less than `among`. */
export type Choose = (among: number) => number;

/**
 * A call through a flow in virtual time, in which everything that is not the flow's is chosen by somebody else: what the caller does, how
 * long prompts last and whether they are there, what others answer and whether they ever do. It watches how long the caller hears nothing
 * while others are waited for.
 */
export class VirtualCall {
  readonly ends: string[] = [];
  /** What was traced and said: everything but what others are asked to do. */
  readonly told: IvrAction[] = [];
  isMasking = false;
  /** The longest that the caller heard nothing while the flow waited for others. */
  longestSilenceMs = 0;
  state: IvrState;
  #nowMs = 0;
  #silentSinceMs = 0;
  #sound: { readonly ticket: number | null; readonly dueMs: number; readonly outcome: 'finished' | 'missing' } | null = null;
  #timer: { readonly ticket: number; readonly dueMs: number } | null = null;
  #deed: { readonly deed: Deed; readonly ticket: number; readonly dueMs: number } | null = null;
  readonly #entrance: FlowEntrance;
  readonly #choose: Choose;
  readonly #house: Readonly<Record<string, string>>;

  constructor(entrance: FlowEntrance, choose: Choose) {
    this.#entrance = entrance;
    this.#choose = choose;
    this.#house = {
      'hours.day.open': ['yes', 'no'][choose(2)] ?? 'no',
      'hours.day.holiday': 'no',
      'queue.billing.waiting': '3',
      'now.time': '09:30',
    };
    this.state = startState(entrance, {
      dialled: '1000',
      callerLocale: null,
      defaultLocale: 'en',
      at: startedAt,
      facts: { 'call.number': '+44' },
    });
    this.#feed({ type: 'start' });
  }

  get isOver(): boolean {
    return isOver(this.state);
  }

  /** The next thing that happens, whoever does it. */
  happens(isCallerThere: boolean): void {
    if (this.state.waiting.kind === 'answered') return this.#feed({ type: 'answered' });
    if (isCallerThere && this.#choose(3) === 1) {
      this.#passes(this.#choose(700));
      return this.#choose(60) === 1 ? this.#feed({ type: 'callerLeft' }) : this.presses(this.#choose(12));
    }
    const due = [this.#sound, this.#timer, this.#deed].filter((each) => each !== null && each.dueMs < Number.POSITIVE_INFINITY);
    const next = due.toSorted((one, other) => (one?.dueMs ?? 0) - (other?.dueMs ?? 0))[0];
    if (next === undefined || next === null) throw new Error(`nothing will ever happen: ${JSON.stringify(this.state)}`);
    this.#passes(Math.max(0, next.dueMs - this.#nowMs));
    if (next === this.#sound) {
      const { ticket, outcome } = this.#sound;
      this.#sound = null;
      this.#silentSinceMs = this.#nowMs;
      return this.#feed({ type: 'played', outcome, ticket: ticket ?? -1 });
    }
    if (next === this.#timer) {
      const { ticket } = this.#timer;
      this.#timer = null;
      return this.#feed({ type: 'timeout', ticket });
    }
    if (this.#deed) this.#answers(this.#deed);
  }

  #answers({ deed, ticket }: { readonly deed: Deed; readonly ticket: number }): void {
    this.#deed = null;
    const { flowId, nodeId } = placeOf(this.state);
    const node = this.#entrance.flows.find(flowId)?.flow.nodes[nodeId];
    const outcomes = [...(node ? exitsOf(node).map(({ name }) => name) : []), 'error', 'transferred', 'toString'];
    const facts =
      deed.kind === 'lookUp' ? { [`${deed.what}.tier`]: 'gold', 'customer.locale': 'en', __proto__: 'x' } : { 'lookUp.state': 'x' };
    this.#feed({ type: 'did', ticket, outcome: outcomes[this.#choose(outcomes.length)] ?? 'error', facts });
  }

  /** One of the twelve keys, from 0. */
  presses(choice: number): void {
    this.#silentSinceMs = this.#nowMs;
    this.#feed({ type: 'digit', digit: '0123456789*#'.charAt(choice) });
  }

  #passes(ms: number): void {
    this.#nowMs += ms;
    const { waiting, isAnswered, hasLeft } = this.state;
    // Who records speaks themselves.
    const isWaiting = waiting.kind === 'deed' && this.#deed?.deed.kind !== 'record';
    if (this.#sound !== null || !isWaiting) this.#silentSinceMs = this.#nowMs;
    else if (isAnswered && !hasLeft) this.longestSilenceMs = Math.max(this.longestSilenceMs, this.#nowMs - this.#silentSinceMs);
  }

  #feed(input: IvrInput): void {
    const house = { fact: (name: string) => this.#house[name] };
    const { state, actions } = step(this.#entrance.flows, this.state, input, { at: startedAt + this.#nowMs, house });
    this.state = state;
    for (const action of actions) this.#perform(action);
  }

  #perform(action: IvrAction): void {
    if (action.type !== 'do') this.told.push(action);
    switch (action.type) {
      case 'play': {
        const isMissing = this.#choose(10) === 1;
        this.#sound = {
          ticket: action.ticket,
          outcome: isMissing ? 'missing' : 'finished',
          dueMs: this.#nowMs + (isMissing ? 0 : 1 + this.#choose(5_000)),
        };
        return;
      }
      case 'music':
        this.#sound = { ticket: null, outcome: 'finished', dueMs: Number.POSITIVE_INFINITY };
        return;
      case 'stopPlaying':
        if (this.#sound !== null) this.#silentSinceMs = this.#nowMs;
        this.#sound = null;
        return;
      case 'wait':
        this.#timer = { ticket: action.ticket, dueMs: this.#nowMs + action.ms };
        return;
      case 'stopWaiting':
        this.#timer = null;
        return;
      case 'do': {
        if (action.deed.kind === 'surveyAnswer') return;
        // One of four never answers.
        const takesMs = this.#choose(4) === 1 ? Number.POSITIVE_INFINITY : this.#choose(4_000);
        this.#deed = { deed: action.deed, ticket: action.ticket, dueMs: this.#nowMs + takesMs };
        return;
      }
      case 'stopDoing':
        this.#deed = null;
        return;
      case 'mask':
        this.isMasking = action.isMasked;
        return;
      case 'queue':
      case 'voicemail':
      case 'hangUp':
      case 'transferred':
        this.ends.push(action.type);
        return;
    }
  }
}
