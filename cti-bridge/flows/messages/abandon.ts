import { ownerOf } from '../../acd/index.ts';
import type { MessageContext } from './context.ts';
import type { LiveWork } from './live-work.ts';
import { noteEvent } from './note-event.ts';
import { queueWork } from './queue-work.ts';
import { isWaiting, tellWaitingGone } from './tell.ts';

/** Whoever left an address is answered though they are gone; what an agent has begun is theirs to finish. */
export function isLeftForNobody({ stored, conversation, workItemId }: LiveWork, { routing }: Pick<MessageContext, 'routing'>): boolean {
  const isUntouched = stored.state === 'queued' && stored.takenAt === null && ownerOf(routing.state, workItemId) === null;
  return isUntouched && !conversation.address?.includes('@');
}

/**
 * A visitor who leaves while waiting has abandoned, as a caller who hangs up has: nobody is offered it from here on, and its ending is on disk
 * when it resolves. Waits again as it did where that cannot be stored.
 */
export async function abandon(work: LiveWork, context: MessageContext): Promise<void> {
  const { routing, recorder, conversations, works } = context;
  const { interactionId, workItemId } = work;
  // The router first: an agent who takes it in this moment would have it, and nobody to speak with.
  if (isWaiting(work, context)) tellWaitingGone(work, context);
  routing.tell({ type: 'item:gone', workItemId });
  const waitedMs = Math.max(0, Math.round(routing.now() - work.waitingSince));
  try {
    await noteEvent(work, 'closedByVisitor', work.conversation.name ?? '', context);
    await recorder.record(interactionId, {
      type: 'interaction:ended',
      end: { by: 'caller', reason: 'abandoned', fault: 'caller' },
      waitedMs,
    });
    await conversations.endWork(interactionId);
  } catch (error) {
    queueWork(work, { kind: 'queued', preferred: [] }, context);
    throw error;
  }
  void work.following?.dispose();
  works.remove(work);
  await work.scope.end('abandoned');
}
