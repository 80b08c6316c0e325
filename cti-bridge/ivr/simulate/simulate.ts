import type { Simulated, TranscriptLine } from '../../../shared/contracts/ivr/commands.ts';
import type { CallerStep, Flow, Pretended } from '../../../shared/contracts/ivr/flow.ts';
import { isOver, step } from '../interpreter.ts';
import type { Deed, FlowSource, IvrAction, IvrInput, IvrState } from '../model.ts';
import { placeOf } from '../run.ts';
import { startState } from '../start-state.ts';
import { deedText, outcomeOf } from './pretended-deeds.ts';
import { type HouseAt, PretendedClock, pretendedFacts } from './pretended-house.ts';

/** How long a prompt counts as, whatever it says; how long others take; between one key and the next. */
const promptMs = 2_000;
const deedMs = 400;
const keyMs = 300;
/** More than that of a transcript is read by nobody; the run goes on to its end. */
const maxLines = 2_000;
/** What may happen in one run. Nobody makes up a caller who does more; a flow in which more happens goes round. */
const maxInputs = 2_000;

const nobodyKnows: HouseAt = () => ({ fact: () => undefined });

/**
 * Goes through a flow without a call, in virtual time: the same steps as live calls take. The caller does what `steps` say, one whenever the
 * flow listens; when they have run out it stands and waits. `flow` is run as it is given, the others as `flows` has them.
 */
export function simulate(
  flows: FlowSource,
  flow: Flow,
  given: Pretended,
  steps: readonly CallerStep[],
  houseAt: HouseAt = nobodyKnows,
): Simulated {
  return simulateCounted(flows, flow, given, steps, houseAt).simulated;
}

/** The same, and what it cost: how many things happened. */
export function simulateCounted(
  flows: FlowSource,
  flow: Flow,
  given: Pretended,
  steps: readonly CallerStep[],
  houseAt: HouseAt = nobodyKnows,
): { readonly simulated: Simulated; readonly inputs: number } {
  const run = new SimulatedRun(flows, flow, given, houseAt);
  for (const next of steps) {
    if (!run.listens()) break;
    run.does(next);
  }
  return { simulated: run.result(), inputs: run.inputs };
}

class SimulatedRun {
  inputs = 0;
  readonly #flow: Flow;
  readonly #flows: FlowSource;
  readonly #given: Pretended;
  readonly #clock: PretendedClock;
  readonly #lines: TranscriptLine[] = [];
  #state: IvrState;
  #nodeId: string;
  #end: Simulated['end'] = null;
  #promised: string | null = null;
  /** What will happen by itself, each at its time. */
  #sound: { readonly ticket: number; readonly dueMs: number } | null = null;
  #timer: { readonly ticket: number; readonly dueMs: number } | null = null;
  #deed: { readonly deed: Deed; readonly ticket: number; readonly nodeId: string; readonly dueMs: number } | null = null;

  constructor(flows: FlowSource, flow: Flow, given: Pretended, houseAt: HouseAt) {
    const entry = { version: 0, flow };
    this.#flow = flow;
    this.#flows = { find: (flowId) => (flowId === flow.flowId ? entry : flows.find(flowId)) };
    this.#given = given;
    this.#clock = new PretendedClock(given, houseAt);
    const { dialled, locale } = given;
    const at = this.#clock.now().at;
    const caller = { dialled, callerLocale: locale, defaultLocale: 'zh', at, facts: pretendedFacts(given) } as const;
    this.#state = startState({ entry, flows: this.#flows }, caller);
    this.#nodeId = flow.start;
    this.#feed({ type: 'start' });
    this.#goOn();
  }

  /** Whether it waits for the caller to do something. */
  listens(): boolean {
    const { kind } = this.#state.waiting;
    return this.#end === null && (kind === 'key' || kind === 'digits');
  }

  does(next: CallerStep): void {
    if ('does' in next) {
      if (next.does === 'hangsUp') this.#feed({ type: 'callerLeft' });
      else this.#isSilent();
    } else for (const digit of next.keys) this.#presses(digit);
    this.#goOn();
  }

  result(): Simulated {
    const state = this.#state;
    const facts = Object.entries(state.facts).map(([name, value]) => [name, state.masked.includes(name) ? dots(value) : value]);
    const { kind } = state.waiting;
    const waitsFor = kind === 'key' || kind === 'digits' ? kind : 'nothing';
    return {
      lines: this.#lines,
      at: this.#end !== null || isOver(state) ? null : { nodeId: placeOf(state).nodeId, waitsFor },
      locale: state.locale,
      facts: Object.fromEntries(facts) as Record<string, string>,
      end: this.#end,
    };
  }

  #presses(digit: string): void {
    if (isOver(this.#state) || this.#end !== null) return;
    this.#clock.pass(keyMs);
    const { flowId, nodeId } = placeOf(this.#state);
    const node = this.#flows.find(flowId)?.flow.nodes[nodeId];
    this.#tell('pressed', { text: node?.kind === 'collect' && node.masked ? dots(digit) : digit });
    this.#feed({ type: 'digit', digit });
  }

  #isSilent(): void {
    this.#tell('silent');
    this.#happens();
  }

  /** Time passes until the flow listens, or is over. */
  #goOn(): void {
    while (this.#end === null && !isOver(this.#state) && !(this.listens() && this.#sound === null) && this.#happens());
    if (isOver(this.#state) && this.#end === null) this.#ends({ kind: 'callerLeft', queueId: null, priority: null, skills: null });
  }

  /** The next thing that happens by itself; false: nothing will. */
  #happens(): boolean {
    if (this.#state.waiting.kind === 'answered') return this.#feed({ type: 'answered' });
    const due = [this.#sound, this.#timer, this.#deed].filter((each) => each !== null);
    const next = due.toSorted((one, other) => one.dueMs - other.dueMs)[0];
    if (next === undefined) return false;
    this.#clock.pass(Math.max(0, next.dueMs - this.#clock.elapsedMs));
    const { ticket } = next;
    if (next === this.#sound) {
      this.#sound = null;
      return this.#feed({ type: 'played', outcome: 'finished', ticket });
    }
    if (next === this.#timer) {
      this.#timer = null;
      return this.#feed({ type: 'timeout', ticket });
    }
    const done = this.#deed && outcomeOf(this.#deed.deed, this.#deed.nodeId, this.#given);
    this.#deed = null;
    return this.#feed({ type: 'did', ticket, outcome: done?.outcome ?? 'error', facts: done?.facts ?? {} });
  }

  #feed(input: IvrInput): boolean {
    this.inputs += 1;
    if (this.inputs > maxInputs) {
      this.#tell('fault', { text: `more than ${maxInputs} things happened` });
      this.#ends({ kind: 'fault', queueId: null, priority: null, skills: null });
      return false;
    }
    const { state, actions } = step(this.#flows, this.#state, input, this.#clock.now());
    this.#state = state;
    for (const action of actions) this.#perform(action, actions);
    return true;
  }

  #perform(action: IvrAction, all: readonly IvrAction[]): void {
    const nowMs = this.#clock.elapsedMs;
    switch (action.type) {
      case 'play':
        this.#sound = { ticket: action.ticket, dueMs: nowMs + promptMs * action.prompts.length };
        return this.#tell('heard', { prompts: [...action.prompts] });
      case 'music':
        this.#sound = null;
        return this.#tell('heard', { text: 'music' });
      case 'stopPlaying':
        this.#sound = null;
        return;
      case 'wait':
        this.#timer = { ticket: action.ticket, dueMs: nowMs + action.ms };
        return;
      case 'stopWaiting':
        this.#timer = null;
        return;
      case 'do':
        return this.#begins(action);
      case 'stopDoing':
        this.#deed = null;
        return;
      case 'nodeEntered':
        this.#nodeId = action.nodeId;
        return this.#tell('entered', { text: action.flowId === this.#flow.flowId ? '' : action.flowId });
      case 'nodeLeft':
        return this.#tell('left', { nodeId: action.nodeId, exit: action.exit });
      case 'callbackKept':
        this.#promised = action.queueId;
        return;
      case 'fault':
        return this.#tell('fault', { text: action.what });
      default:
        return this.#endsBy(action, all);
    }
  }

  #begins({ deed, ticket }: Extract<IvrAction, { readonly type: 'do' }>): void {
    this.#tell('looksUp', { text: deedText(deed) });
    const nodeId = this.#nodeId;
    if (deed.kind === 'surveyAnswer' || outcomeOf(deed, nodeId, this.#given) === null) return;
    this.#deed = { deed, ticket, nodeId, dueMs: this.#clock.elapsedMs + deedMs };
  }

  #endsBy(action: IvrAction, all: readonly IvrAction[]): void {
    const nothing = { queueId: null, priority: null, skills: null };
    switch (action.type) {
      case 'queue': {
        const { queueId, priority, skills } = action;
        return this.#ends({ kind: isAfterFault(all, action) ? 'fault' : 'queue', queueId, priority, skills });
      }
      case 'voicemail':
        return this.#ends({ ...nothing, kind: 'voicemail', queueId: action.queueId });
      case 'transferred':
        return this.#ends({ ...nothing, kind: 'transfer' });
      case 'hangUp':
        return this.#ends(
          this.#promised === null ? { ...nothing, kind: 'hangUp' } : { ...nothing, kind: 'callback', queueId: this.#promised },
        );
      default:
        return;
    }
  }

  #ends(end: NonNullable<Simulated['end']>): void {
    this.#end = end;
    this.#tell('end', { text: [end.kind, end.queueId].filter((each) => each !== null).join(' ') });
  }

  #tell(what: TranscriptLine['what'], more: Partial<TranscriptLine> = {}): void {
    if (this.#lines.length >= maxLines) return;
    this.#lines.push({ atMs: this.#clock.elapsedMs, nodeId: this.#nodeId, what, text: '', prompts: [], exit: null, ...more });
  }
}

/** The run broke, and nothing of the flow came after that. */
function isAfterFault(actions: readonly IvrAction[], queue: IvrAction): boolean {
  const last = actions.slice(0, actions.indexOf(queue)).findLast(({ type }) => type === 'fault' || type === 'nodeEntered');
  return last?.type === 'fault';
}

const dots = (secret: string) => '•'.repeat(secret.length);
