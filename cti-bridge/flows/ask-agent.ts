import type { AgentId } from '../../shared/ids.ts';
import type { Queue, Reservation } from '../acd/index.ts';
import type { Scope } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { type RingOutcome, ringAgent } from './ring-agent.ts';

/**
 * Steps 5 to 7 for one agent who is asked by name, for this part of a call and past every queue. `notAsked`: they cannot be now. Whoever asks
 * may take it back while it rings.
 */
export async function askAgent(
  part: LiveInteraction,
  who: { readonly agentId: AgentId; readonly by: AgentId; readonly queue: Queue },
  context: StoryContext,
  scope: Scope,
  onOffered: (takeBack: (cause: 'released' | 'callerLeft') => void) => void = () => {},
): Promise<RingOutcome | { readonly kind: 'notAsked' }> {
  const { routing } = context;
  const { workItemId, interactionId } = part;
  const { agentId, by, queue } = who;
  let offered: Reservation | undefined;
  const following = routing.follow(workItemId, {
    offered: (reservation) => {
      offered = reservation;
    },
  });
  routing.tell({ type: 'agent:asked', agentId, by, workItemId, interactionId, queueId: queue.queueId });
  void following.dispose();
  if (!offered) return { kind: 'notAsked' };
  const { reservationId } = offered;
  onOffered((cause) => routing.tell({ type: 'reservation:failed', reservationId, cause }));
  return await ringAgent(part, offered, queue, context, scope);
}
