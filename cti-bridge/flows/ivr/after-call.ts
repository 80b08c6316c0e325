import type { FlowEntrance } from '../../ivr/index.ts';
import type { Scope } from '../../kernel/index.ts';
import type { StoryContext } from '../context.ts';
import type { LiveInteraction } from '../live-interaction.ts';
import { endPause } from '../recording.ts';
import { runIvr } from '../run-ivr.ts';

/**
 * The customer whose agent has hung up goes on in a flow, a survey most of all, beside the agent's wrap-up; what they answer belongs to the
 * same contact. It leads back to nobody of us: wherever else it would, the call is over.
 */
export async function afterCall(interaction: LiveInteraction, flow: FlowEntrance, context: StoryContext, scope: Scope): Promise<void> {
  const { call, locale } = interaction;
  endPause(call);
  const left = await runIvr(interaction, flow, interaction.record?.locale ?? null, context, scope, null, locale);
  if (left.kind === 'transferred') {
    await Promise.race([left.leg.gone, call.ended]);
    left.leg.release('ended');
  }
  call.hangUp('completedInIvr', 'system', 'caller');
  await call.ended;
}
