import type { IvrPathStep } from '../../shared/contracts/screen-pop.ts';
import type { OutsideLeg } from '../interactions/index.ts';
import {
  type FlowEntrance,
  type IvrAction,
  type IvrInput,
  type IvrState,
  isOver,
  placeOf,
  restoredState,
  startState,
  step,
  storedState,
} from '../ivr/index.ts';
import type { Disposable, Scope } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import { callFacts, customerFacts } from './ivr/customer-facts.ts';
import { DeedsUnderWay } from './ivr/deeds-under-way.ts';
import { FlowSounds } from './ivr/flow-sounds.ts';
import { keptFacts } from './ivr/kept-facts.ts';
import { NodeTraces } from './ivr/node-traces.ts';
import type { LiveInteraction } from './live-interaction.ts';

/** How the menu let the caller go. */
export type IvrOutcome =
  | {
      readonly kind: 'queue';
      readonly queueId: string;
      readonly priority: number | null;
      /** An expression that the agent must meet beside what the queue asks for. */
      readonly skills: string | null;
    }
  | { readonly kind: 'voicemail'; readonly queueId: string }
  /** They talk to somebody outside, until one of the two hangs up. */
  | { readonly kind: 'transferred'; readonly leg: OutsideLeg }
  | { readonly kind: 'hungUp' }
  | { readonly kind: 'callerLeft' };

/** After a hang-up the flow may still write to somebody, and no more than that. */
const afterHangUpMs = 60_000;

/**
 * Step 3, in IVR: performs what the pure interpreter asks (answer, play, wait, do) over the call and feeds back what happens (keys, silence,
 * end of a prompt, how a deed went). Ends when the flow says where the caller goes, or when the caller goes by themselves and the flow has
 * nothing more to do for them.
 */
export async function runIvr(
  interaction: LiveInteraction,
  flow: FlowEntrance,
  callerLocale: 'en' | 'zh' | null,
  context: StoryContext,
  parent: Scope,
  /** The menu as it stood before a crash, where there is one: it goes on at the same node, with its prompt. */
  before: string | null = null,
  /** What the flow begins in, until it chooses. */
  defaultLocale: 'en' | 'zh' = 'zh',
): Promise<IvrOutcome> {
  const { clock, ivr, log, recorder } = context;
  const { call, interactionId } = interaction;
  const scope = parent.child('ivr');
  const { promise: outcome, resolve: finish } = Promise.withResolvers<IvrOutcome>();
  const { flowId } = flow.entry.flow;
  recorder.note(interactionId, { type: 'ivr:entered', flowId, version: flow.entry.version });

  const facts = {
    ...callFacts(interaction, context.organisation),
    ...customerFacts(interaction),
    ...interaction.facts,
  };
  const fresh = startState(flow, { dialled: call.dialled, callerLocale, defaultLocale, at: clock.now(), facts });
  let state: IvrState = before === null ? fresh : restoredState(before, flow.flows, fresh);
  let waiting: Disposable | undefined;
  const traces = new NodeTraces(clock, ivr.traces, interactionId);
  const sounds = new FlowSounds(call, scope, log, () => (flow.flows.find(placeOf(state).flowId) ?? flow.entry).flow.fallback.prompt);
  const deeds = new DeedsUnderWay(interaction, context, scope, () => sounds.stop());

  const feed = (input: IvrInput): void => {
    if (scope.isEnded) return;
    try {
      const result = step(flow.flows, state, input, { at: clock.now(), house: ivr.facts });
      state = result.state;
      interaction.menu = storedState(state);
      interaction.path = mergePath(interaction.path, state.path);
      interaction.locale = state.locale;
      interaction.facts = keptFacts(state);
      interaction.skills = state.skills;
      for (const action of result.actions) perform(action);
    } catch (error) {
      giveUp(error);
    }
    if (state.hasLeft && isOver(state)) finish({ kind: 'callerLeft' });
  };

  /** The menu is broken, the call is not: answered, if it was not yet, and to the flow's default queue. */
  const giveUp = (error: unknown): void => {
    log.error('ivr:fault', { ...placeOf(state), what: String(error) });
    toQueue({ queueId: flow.entry.flow.fallback.queueId, priority: null, skills: null });
  };

  /** A flow that broke before it had answered leaves nobody ringing. */
  const toQueue = (choice: Omit<Extract<IvrOutcome, { kind: 'queue' }>, 'kind'>): void => {
    parent.run(async () => {
      if (await call.answer()) finish({ kind: 'queue', ...choice });
    });
  };

  const perform = (action: IvrAction): void => {
    switch (action.type) {
      case 'answer':
        return parent.run(async () => {
          if (await call.answer()) feed({ type: 'answered' });
        });
      case 'play':
        if (!deeds.hasCaller) scope.run(() => play(action).catch(giveUp));
        return;
      case 'music':
        if (!deeds.hasCaller) sounds.music();
        return;
      case 'stopPlaying':
        return sounds.stop();
      case 'wait':
        void waiting?.dispose();
        waiting = scope.timer(action.ms, () => feed({ type: 'timeout', ticket: action.ticket }));
        return;
      case 'stopWaiting':
        return void waiting?.dispose();
      case 'mask':
        return call.maskDigits(action.isMasked);
      case 'do':
        return begin(action);
      case 'stopDoing':
        return deeds.stop(action.ticket);
      case 'nodeEntered':
        return traces.entered(action);
      case 'nodeLeft':
        traces.left(action);
        return recorder.note(interactionId, { type: 'ivr:nodeLeft', nodeId: action.nodeId, exit: action.exit ?? 'end' });
      case 'callbackKept':
        // Kept when it was promised: on disk, and in its line.
        return;
      case 'queue':
        return toQueue(action);
      case 'voicemail':
        return parent.run(async () => {
          if (await call.answer()) finish({ kind: 'voicemail', queueId: action.queueId });
        });
      case 'transferred': {
        const leg = deeds.transferredTo;
        return leg ? finish({ kind: 'transferred', leg }) : giveUp('transferred to nobody');
      }
      case 'hangUp':
        return finish({ kind: 'hungUp' });
      case 'fault':
        return log.error('ivr:fault', { ...placeOf(state), what: action.what });
    }
  };

  async function play(action: Extract<IvrAction, { type: 'play' }>): Promise<void> {
    const played = await sounds.play(action);
    if (played !== null) feed({ type: 'played', outcome: played, ticket: action.ticket });
  }

  function begin({ deed, ticket, type }: Extract<IvrAction, { type: 'do' }>): void {
    if (deed.kind === 'surveyAnswer') {
      const { attribute, value: score, highest } = deed;
      // The run has gone on from there already.
      const { flowId, nodeId } = traces.last ?? placeOf(state);
      return recorder.note(interactionId, { type: 'ivr:surveyAnswered', flowId, nodeId, attribute, score, highest });
    }
    deeds.begin({ type, deed, ticket }, state, (done) => feed({ type: 'did', ticket, ...done }));
  }

  scope.add(call.onDigit(({ digit }) => !deeds.hasCaller && feed({ type: 'digit', digit })));
  void call.ended.then(() => {
    feed({ type: 'callerLeft' });
    const leave = () => finish({ kind: 'callerLeft' });
    if (isOver(state)) return leave();
    scope.add(leave);
    scope.timer(afterHangUpMs, leave);
  });

  feed({ type: 'start' });
  const left = await outcome;
  interaction.menu = null;
  await scope.end('menu left');
  recorder.note(interactionId, { type: 'ivr:left', exit: left.kind });
  return left;
}

/** What the menu adds to the path. How the call came in and where it was queued, the story tells itself, with the queue's name. */
function mergePath(before: readonly IvrPathStep[], fromFlow: readonly IvrPathStep[]): readonly IvrPathStep[] {
  const told: readonly IvrPathStep['code'][] = ['dialled', 'recognised', 'queued'];
  return [...before.filter((entry) => told.includes(entry.code)), ...fromFlow.filter((entry) => !told.includes(entry.code))];
}
