import { asId, type QueueId } from '../../../shared/ids.ts';
import type { Deed } from '../../ivr/index.ts';
import type { StoryContext } from '../context.ts';
import { type DeedRun, type Done, done } from './deed-run.ts';

type PromiseCallback = Extract<Deed, { readonly kind: 'promiseCallback' }>;

/**
 * Keeps a place in a queue for a caller who goes home, open or closed: on disk before they are told. Asked again in the same call, also after a
 * restart, it is the same promise.
 */
export async function promiseCallback(
  { queueId }: PromiseCallback,
  { interaction, priority }: DeedRun,
  context: StoryContext,
): Promise<Done> {
  const { callbacks, routing } = context;
  if (callbacks.promisedIn(interaction) === 'callback') return done('promised');
  const queue = routing.queue(asId<QueueId>(queueId));
  if (!queue || !callbacks.canCall(interaction.call)) return done('notPossible');
  const promised = await callbacks.promiseFromFlow(interaction, queue.queueId, priority ?? queue.priority);
  return done(promised ? 'promised' : 'notPossible');
}
