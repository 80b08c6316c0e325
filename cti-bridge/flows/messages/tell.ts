import type { AgentId } from '../../../shared/ids.ts';
import { agentsOf, itemOf } from '../../acd/index.ts';
import type { StoredMessage } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import type { LiveWork } from './live-work.ts';
import { messageView, waitingView, workView } from './views.ts';

/** What desktops are told of written work. */

/** To whoever has it, and to colleagues who were asked in. */
export function tellWork(work: LiveWork, context: MessageContext): void {
  for (const agentId of work.holders) {
    const view = workView(work, agentId, context, work.isStopped);
    if (view) context.desktops.push(agentId, 'inbox:changed', view);
  }
}

export function tellMessage(work: LiveWork | null, message: StoredMessage, { desktops }: MessageContext): void {
  for (const agentId of work?.holders ?? []) desktops.push(agentId, 'message:changed', messageView(message));
}

/** Whether it stands in a queue: neither in somebody's hands nor offered to one of them by name. */
export function isWaiting({ stored, workItemId }: LiveWork, { routing }: Pick<MessageContext, 'routing'>): boolean {
  return stored.state === 'queued' && itemOf(routing.state, workItemId) !== null;
}

/** Each one who could take it sees it wait, as it is now; nothing is said of what does not. */
export function tellWaiting(work: LiveWork, context: MessageContext): void {
  if (!isWaiting(work, context)) return;
  const view = waitingView(work, context);
  for (const agentId of membersOf(work.stored.queueId, context)) context.desktops.push(agentId, 'inbox:waiting', view);
}

export function tellWaitingGone({ workItemId, stored }: LiveWork, context: MessageContext): void {
  for (const agentId of membersOf(stored.queueId, context)) context.desktops.push(agentId, 'inbox:waiting-gone', { workItemId });
}

/** Whoever's skills would do for the queue, in whatever ring, and whose desktop is there. */
export function membersOf(
  queueId: LiveWork['stored']['queueId'],
  { routing, desktops }: Pick<MessageContext, 'routing' | 'desktops'>,
): readonly AgentId[] {
  return agentsOf(routing.state)
    .filter(({ memberships }) => memberships.some((each) => each.queueId === queueId))
    .map(({ agentId }) => agentId)
    .filter((agentId) => desktops.isConnected(agentId));
}
