import { asId, type QueueId } from '../../../shared/ids.ts';
import type { OutsideLeg } from '../../interactions/index.ts';
import type { StoryContext } from '../context.ts';
import type { LiveInteraction } from '../live-interaction.ts';
import type { IvrOutcome } from '../run-ivr.ts';
import { abandoned, recordEnd } from '../serve.ts';
import { leaveMessage } from '../voicemail.ts';

/**
 * Step 9 for who is led to no queue by the menu: they hung up, were told good-bye, leave a message, or talk to somebody outside. A call that
 * they were promised on the way stands, however they went.
 */
export async function afterMenu(
  interaction: LiveInteraction,
  choice: Exclude<IvrOutcome, { readonly kind: 'queue' }>,
  context: StoryContext,
): Promise<void> {
  const { call } = interaction;
  const { callbacks, routing } = context;
  const isPromised = callbacks.promisedIn(interaction) === 'callback';
  switch (choice.kind) {
    case 'callerLeft': {
      const end = await call.ended;
      return recordEnd(interaction, isPromised ? { ...end, reason: 'callbackPromised' } : abandoned(end), context);
    }
    case 'hungUp': {
      const reason = isPromised ? 'callbackPromised' : 'completedInIvr';
      call.hangUp(reason, 'system', 'caller');
      return recordEnd(interaction, { ...(await call.ended), reason }, context);
    }
    case 'voicemail': {
      // One item is one thing: who says what they want needs no call beside it.
      if (isPromised) callbacks.cancel(interaction.workItemId);
      const queue = routing.queue(asId<QueueId>(choice.queueId));
      waitsFrom(interaction, queue?.priority ?? 0, context);
      return recordEnd(interaction, await leaveMessage(interaction, asId<QueueId>(choice.queueId), context), context);
    }
    case 'transferred':
      return withOutside(interaction, choice.leg, context);
  }
}

/** From now on they wait. */
export function waitsFrom(
  interaction: LiveInteraction,
  priority: number,
  { clock, routing }: Pick<StoryContext, 'clock' | 'routing'>,
): void {
  interaction.priority = priority;
  interaction.queuedAt = clock.now();
  interaction.waitingSince = routing.now();
}

/** The caller and somebody outside talk, without any of us: over when one of them hangs up. */
async function withOutside(interaction: LiveInteraction, leg: OutsideLeg, context: StoryContext): Promise<void> {
  const { call } = interaction;
  call.onDigit(({ digit }) => leg.sendDigit(digit));
  void leg.gone.then(() => call.hangUp('hungUp', 'system', 'caller'));
  const end = await call.ended;
  leg.release('ended');
  await recordEnd(interaction, end.reason === 'hungUp' ? { ...end, reason: 'transferred' } : end, context);
}
