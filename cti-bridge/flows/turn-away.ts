import type { CallEnd } from '../../shared/contracts/call.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import type { Diverted } from './wait-for-agent.ts';

/** What is said where the queue names no prompt of its own. */
const promptOf = { closed: 'queue-closed', full: 'queue-full', waitedTooLong: 'waited-too-long' } as const;

/** No queue can keep the caller: they are told why, in their language, and the call ends. A missing recording ends it all the same. */
export async function turnAway(interaction: LiveInteraction, { queueId, why, action }: Diverted, context: StoryContext): Promise<CallEnd> {
  const { call, workItemId, interactionId, locale } = interaction;
  context.recorder.note(interactionId, { type: 'workItem:diverted', workItemId, queueId, why });
  const name = action.to === 'announce' ? action.prompt : promptOf[why];
  const outcome = await call.play({ kind: 'prompt', name, locale });
  if (outcome === 'missing') context.log.error('divert:promptMissing', { name, locale });
  call.hangUp('diverted', 'system', 'ours');
  const end = await call.ended;
  // Who hangs up while hearing that nobody can be reached was turned away, too.
  return end.by === 'caller' ? { ...end, reason: 'diverted' } : end;
}
