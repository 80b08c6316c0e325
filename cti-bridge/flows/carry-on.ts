import type { InteractionId, PopId, WorkItemId } from '../../shared/ids.ts';
import type { Queue, Reservation } from '../acd/index.ts';
import type { AgentLeg } from '../interactions/index.ts';
import type { StoryContext } from './context.ts';
import { carriedOn, LiveInteraction } from './live-interaction.ts';
import { freeTheRouter, leaveQueue, recordEnd, serve } from './serve.ts';
import { standsIn, waitForAgent } from './wait-for-agent.ts';

/** The next part of the same call: another agent's, with all that is known so far. It lives from the moment somebody is asked. */
export function successorOf(from: LiveInteraction, { ids, routing }: Pick<StoryContext, 'ids' | 'routing'>): LiveInteraction {
  const next = new LiveInteraction(
    { interactionId: ids.next<InteractionId>(), workItemId: ids.next<WorkItemId>(), popId: ids.next<PopId>() },
    from.call,
    from.room,
  );
  next.continues = [from.interactionId, ...from.continues];
  next.identification = from.identification;
  next.knownAt = from.knownAt;
  next.record = from.record;
  next.cards = from.cards;
  next.isChosen = from.isChosen;
  next.attempts = from.attempts;
  next.path = from.path;
  next.facts = from.facts;
  next.skills = from.skills;
  next.queuedAt = from.queuedAt;
  next.priority = from.priority;
  next.locale = from.locale;
  next.queueId = from.queueId;
  // They waited as long as they did; what they spent talking is no waiting.
  next.waitingSince = routing.now() - from.waitedMs;
  return next;
}

type Next =
  | { readonly kind: 'answered'; readonly leg: AgentLeg; readonly reservation: Reservation; readonly queue: Queue }
  | { readonly kind: 'queue'; readonly queue: Queue };

/**
 * Steps 4 to 10 of a call that goes on in other hands: with an agent who has answered, or before all others in a queue, with the time the
 * customer waited there before. A part of its own, with its own owner, end and wrap-up; the one before it goes its way beside it.
 */
export async function carryOn(next: LiveInteraction, from: LiveInteraction, how: Next, context: StoryContext): Promise<void> {
  const { recorder, live, callbacks } = context;
  const { call, interactionId, workItemId } = next;
  const scope = context.scope.child(`call ${interactionId}`);
  scope.add(() => {
    if (!next.isHandedOn) call.hangUp(context.scope.isEnded ? 'shutdown' : 'fault', 'system', 'ours');
  });
  live.add(next);
  scope.add(() => live.remove(next));
  scope.add(call.onMediaMoved((tookMs) => recorder.note(interactionId, { type: 'call:mediaMoved', tookMs })));
  scope.add(() => {
    if (!callbacks.has(workItemId)) freeTheRouter(next, context);
  });
  try {
    await recordContinued(next, from, context);
    const { queue } = how;
    if (how.kind === 'answered') return await serve(next, how, queue, context, scope);

    const { queueId } = queue;
    next.room.leave('customer');
    standsIn(next, queue, context);
    recorder.note(interactionId, { type: 'workItem:queued', workItemId, queueId, priority: next.priority });
    const agentId = from.assigned?.agentId ?? from.conversation?.agentId;
    const { priority, waitingSince: queuedAt, needs } = next;
    const entering =
      agentId === undefined
        ? ({ type: 'item:queued', workItemId, interactionId, queueId, priority, tier: null, preferences: [], queuedAt, ...needs } as const)
        : ({
            type: 'item:returned',
            agentId,
            workItemId,
            interactionId,
            queueId,
            priority,
            queuedAt,
            ...needs,
            isDeviceFault: false,
          } as const);
    const waited = await waitForAgent(next, entering, context, scope);
    if (waited.kind !== 'answered') return await leaveQueue(next, waited, context);
    await serve(next, waited, queue, context, scope);
  } catch (error) {
    if (!next.isHandedOn) call.hangUp('fault', 'system', 'ours');
    if (!next.isEndRecorded) await recordEnd(next, await call.ended, context);
    throw error;
  } finally {
    await scope.end('story over');
    await carriedOn(next);
  }
}

/** Who is called by the numbers of the call is the same as before: only that it goes on is new. */
export async function recordContinued(next: LiveInteraction, from: LiveInteraction, { recorder }: StoryContext): Promise<void> {
  const { call } = next;
  await recorder.record(next.interactionId, {
    type: 'interaction:received',
    channel: 'voice',
    direction: 'inbound',
    dnis: call.dialled,
    trunkId: call.trunkId,
    continues: from.interactionId,
  });
}
