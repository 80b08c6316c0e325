import type { Locale } from '../../shared/contracts/contact.ts';
import type { InteractionId, PopId, WorkItemId } from '../../shared/ids.ts';
import type { VoiceCall } from '../interactions/index.ts';
import type { StoryContext } from './context.ts';
import type { FlowTrial } from './flow-studio/index.ts';
import { pretendedDeed } from './ivr/pretended-deed.ts';
import { LiveInteraction } from './live-interaction.ts';
import type { Recorder } from './recorder.ts';
import { runIvr } from './run-ivr.ts';

/** Who tries it: an agent or a user. */
export interface Trying {
  readonly id: string;
  readonly locale: Locale;
}

/**
 * Somebody of the house calls a flow that is being tried: it runs as for any caller, and nothing of it is kept. It is no contact, is counted
 * nowhere, and reaches nobody: where it would end at an agent, they are bidden goodbye, and the log says where it led.
 */
export async function tryFlow(call: VoiceCall, trial: FlowTrial, by: Trying, context: StoryContext): Promise<void> {
  const { ids, log, ivr } = context;
  const { flowId } = trial.flow;
  const interaction = new LiveInteraction(
    { interactionId: ids.next<InteractionId>(), workItemId: ids.next<WorkItemId>(), popId: ids.next<PopId>() },
    call,
  );
  const scope = context.scope.child(`trial of ${flowId}`);
  scope.add(() => call.hangUp(context.scope.isEnded ? 'shutdown' : 'completedInIvr', 'system', context.scope.isEnded ? 'ours' : 'agent'));
  const unseen = { ...context, recorder: forgetful, ivr: { ...ivr, traces: { note: () => {} }, pretends: pretendedDeed } };
  try {
    const entrance = { entry: { version: 0, flow: trial.flow }, flows: trial.flows };
    const left = await runIvr(interaction, entrance, by.locale, unseen, scope);
    log.info('flow:tried', { flowId, by: by.id, end: left.kind, queueId: 'queueId' in left ? left.queueId : null });
    if (left.kind !== 'callerLeft') await call.play({ kind: 'prompt', name: 'goodbye', locale: interaction.locale }, scope.signal);
  } finally {
    await scope.end('trial over');
  }
}

const forgetful: Recorder = { note: () => {}, recordSoon: async () => {}, record: async () => {}, recordAgent: async () => {} };
