import type { IvrPathStep } from '../../shared/contracts/screen-pop.ts';
import {
  type FlowEntrance,
  type IvrAction,
  type IvrInput,
  type IvrState,
  placeOf,
  restoredState,
  startState,
  step,
  storedState,
} from '../ivr/index.ts';
import type { Disposable, Scope } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

/** How the menu let the caller go. */
export type IvrOutcome =
  | { readonly kind: 'queue'; readonly queueId: string; readonly priority: number | null; readonly locale: 'en' | 'zh' }
  | { readonly kind: 'hungUp' }
  | { readonly kind: 'callerLeft' };

/**
 * Step 3, in IVR: performs what the pure interpreter asks (answer, play, wait) over the call and feeds back what happens (keys, silence,
 * end of a prompt). Ends when the flow says where the caller goes, or when the caller goes by themselves.
 */
export async function runIvr(
  interaction: LiveInteraction,
  flow: FlowEntrance,
  callerLocale: 'en' | 'zh' | null,
  context: StoryContext,
  parent: Scope,
  /** The menu as it stood before a crash, where there is one: it goes on at the same node, with its prompt. */
  before: string | null = null,
): Promise<IvrOutcome> {
  const { call } = interaction;
  const scope = parent.child('ivr');
  const { promise: outcome, resolve: finish } = Promise.withResolvers<IvrOutcome>();
  const { flowId } = flow.entry.flow;
  context.recorder.note(interaction.interactionId, { type: 'ivr:entered', flowId, version: flow.entry.version });

  const fresh = startState(flow, { dialled: call.dialled, callerLocale, defaultLocale: 'zh', at: context.clock.now() });
  let state: IvrState = before === null ? fresh : restoredState(before, flow.flows, fresh);
  let playing: AbortController | undefined;
  let waiting: Disposable | undefined;

  const feed = (input: IvrInput): void => {
    if (scope.isEnded) return;
    try {
      const result = step(flow.flows, state, input, { at: context.clock.now(), house: nothingKnown });
      state = result.state;
      interaction.menu = storedState(state);
      interaction.path = mergePath(interaction.path, state.path);
      for (const action of result.actions) perform(action);
    } catch (error) {
      giveUp(error);
    }
  };

  /** The menu is broken, the call is not: answered, if it was not yet, and to the flow's default queue. */
  const giveUp = (error: unknown): void => {
    context.log.error('ivr:fault', { ...placeOf(state), what: String(error) });
    parent.run(async () => {
      if (await call.answer()) finish({ kind: 'queue', queueId: flow.entry.flow.fallback.queueId, priority: null, locale: state.locale });
    });
  };

  const perform = (action: IvrAction): void => {
    switch (action.type) {
      case 'answer':
        return parent.run(async () => {
          if (await call.answer()) feed({ type: 'answered' });
        });
      case 'play':
        playing?.abort();
        playing = new AbortController();
        return parent.run(() => play(action, AbortSignal.any([playing?.signal ?? scope.signal, scope.signal])).catch(giveUp));
      case 'stopPlaying':
        return playing?.abort();
      case 'wait':
        void waiting?.dispose();
        waiting = scope.timer(action.ms, () => feed({ type: 'timeout', ticket: action.ticket }));
        return;
      case 'stopWaiting':
        return void waiting?.dispose();
      case 'nodeLeft':
        return context.recorder.note(interaction.interactionId, {
          type: 'ivr:nodeLeft',
          nodeId: action.nodeId,
          exit: action.exit ?? 'end',
        });
      case 'queue':
        return parent.run(async () => {
          // A flow that broke before it had answered leaves nobody ringing.
          if (await call.answer()) finish({ kind: 'queue', queueId: action.queueId, priority: action.priority, locale: state.locale });
        });
      case 'mask':
        return call.maskDigits(action.isMasked);
      case 'do':
        return parent.run(async () => feed({ type: 'did', ticket: action.ticket, outcome: 'error', facts: {} }));
      case 'hangUp':
        return finish({ kind: 'hungUp' });
      case 'fault':
        context.log.error('ivr:fault', { ...placeOf(state), what: action.what });
        return;
    }
  };

  async function play({ prompts, locale, ticket }: Extract<IvrAction, { type: 'play' }>, signal: AbortSignal): Promise<void> {
    let missing = 0;
    for (const name of prompts) {
      const outcome = await call.play({ kind: 'prompt', name, locale }, signal);
      if (signal.aborted || outcome === 'callEnded' || outcome === 'stopped') return;
      if (outcome === 'missing') {
        missing++;
        context.log.error('ivr:promptMissing', { name, locale });
      }
    }
    feed({ type: 'played', outcome: prompts.length > 0 && missing === prompts.length ? 'missing' : 'finished', ticket });
  }

  scope.add(call.onDigit(({ digit }) => feed({ type: 'digit', digit })));
  void call.ended.then(() => {
    feed({ type: 'callerLeft' });
    finish({ kind: 'callerLeft' });
  });

  feed({ type: 'start' });
  const left = await outcome;
  interaction.menu = null;
  await scope.end('menu left');
  context.recorder.note(interaction.interactionId, { type: 'ivr:left', exit: left.kind === 'queue' ? 'queue' : left.kind });
  return left;
}

/** What the menu adds to the path. How the call came in and where it was queued, the story tells itself, with the queue's name. */
function mergePath(before: readonly IvrPathStep[], fromFlow: readonly IvrPathStep[]): readonly IvrPathStep[] {
  const told: readonly IvrPathStep['code'][] = ['dialled', 'recognised', 'queued'];
  return [...before.filter((entry) => told.includes(entry.code)), ...fromFlow.filter((entry) => !told.includes(entry.code))];
}

const nothingKnown = { fact: () => undefined };
