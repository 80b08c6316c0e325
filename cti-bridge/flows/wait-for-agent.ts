import type { QueueId } from '../../shared/ids.ts';
import type { Queue, Reservation, RouterDecision, RouterEvent } from '../acd/index.ts';
import { itemOf } from '../acd/index.ts';
import type { AgentLeg } from '../interactions/index.ts';
import type { Scope } from '../kernel/index.ts';
import { announceWait } from './announce-wait.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { ringAgent } from './ring-agent.ts';

/** How waiting ended. */
export type Waited =
  | { readonly kind: 'answered'; readonly leg: AgentLeg; readonly reservation: Reservation }
  | { readonly kind: 'diverted'; readonly decision: Diverted }
  | { readonly kind: 'callbackPromised' }
  /** They want to leave a message instead. */
  | { readonly kind: 'leavesMessage'; readonly queueId: QueueId }
  | { readonly kind: 'callerLeft' };
export type Diverted = Extract<RouterDecision, { type: 'divert' }>;

/** Steps 4 to 7: the work item stands in the queue; each offer is a story of its own; the first answer or the caller's leaving ends it. */
export async function waitForAgent(
  interaction: LiveInteraction,
  entering: RouterEvent,
  context: StoryContext,
  parent: Scope,
): Promise<Waited> {
  const { routing, agents, recorder, callbacks } = context;
  const { call, workItemId } = interaction;
  const scope = parent.child('waiting');
  const { promise: outcome, resolve: finish } = Promise.withResolvers<Waited>();
  const offers = new Set<Promise<unknown>>();
  let isOver = false;
  const end = (waited: Waited): void => {
    isOver = true;
    finish(waited);
  };

  const offerTo = (reservation: Reservation): void => {
    const queue = routing.queue(reservation.queueId);
    if (!queue) return routing.tell({ type: 'reservation:failed', reservationId: reservation.reservationId, cause: 'released' });
    const story = ringAgent(interaction, reservation, queue, context, parent, () => room.hush()).then((ring) => {
      offers.delete(story);
      if (ring.kind === 'answered') end({ kind: 'answered', leg: ring.leg, reservation: ring.reservation });
      else promiseCallback();
    });
    offers.add(story);
    parent.run(() => story);
  };

  let following = routing.follow(workItemId, {
    offered: offerTo,
    widened: ({ ring }) => recorder.note(interaction.interactionId, { type: 'workItem:widened', workItemId, ring }),
    moved({ from, to, reasons }) {
      const queue = routing.queue(to);
      if (queue) standsIn(interaction, queue, context);
      const why = reasons[0]?.code ?? 'queueChosen';
      recorder.note(interaction.interactionId, { type: 'workItem:moved', workItemId, from, to, why });
      room.queueChanged();
    },
    diverted(decision) {
      if (decision.action.to !== 'callback') return end({ kind: 'diverted', decision });
      sentAway = decision;
      wantsCallback = true;
      if (!mayCallBack) return turnAway(decision);
      promiseCallback();
    },
  });
  scope.add(() => void following.dispose());

  // The key may come while a phone rings, and the promise takes the disk a moment: whichever of the two is first counts.
  const mayCallBack = callbacks.canCall(call);
  let wantsCallback = false;
  let isPromising = false;
  let sentAway: Diverted | undefined;
  /** The queue cannot keep them, and they cannot be called back either. */
  function turnAway(decision: Diverted): void {
    routing.tell({ type: 'item:gone', workItemId });
    end({ kind: 'diverted', decision });
  }
  const isNobodys = () => itemOf(routing.state, workItemId)?.reservationIds.length === 0;
  function promiseCallback(): void {
    if (!wantsCallback || isPromising || isOver || !isNobodys()) return;
    isPromising = true;
    parent.run(async () => {
      const promised = await callbacks.promise(interaction);
      isPromising = false;
      if (!promised) return sentAway && !isOver && isNobodys() ? turnAway(sentAway) : undefined;
      if (isOver || !isNobodys()) return callbacks.withdraw(promised);
      void following.dispose();
      following = { dispose: () => {} };
      callbacks.keep(promised, interaction);
      end({ kind: 'callbackPromised' });
    });
  }

  /** Not while somebody's phone rings for them: that one is answered first. */
  function leaveMessageInstead(): void {
    const { queueId } = interaction;
    if (isOver || isPromising || queueId === null || !isNobodys()) return;
    routing.tell({ type: 'item:gone', workItemId });
    end({ kind: 'leavesMessage', queueId });
  }

  void call.ended.then(() => {
    if (!isOver) routing.tell({ type: 'item:gone', workItemId });
    end({ kind: 'callerLeft' });
  });
  const room = announceWait(
    interaction,
    context,
    scope,
    mayCallBack
      ? () => {
          wantsCallback = true;
          promiseCallback();
        }
      : null,
    leaveMessageInstead,
  );
  routing.tell(entering);

  const waited = await outcome;
  await scope.end('waited');
  await Promise.allSettled(offers);
  if (waited.kind === 'answered') {
    const { agentId, reservationId } = waited.reservation;
    interaction.assigned = { agentId, agentName: agents.find(agentId)?.name ?? '', reservationId };
  }
  return waited;
}

/** Notes in which queue the caller waits now. */
export function standsIn(interaction: LiveInteraction, queue: Queue, { clock }: StoryContext): void {
  interaction.queueId = queue.queueId;
  interaction.path = [...interaction.path, { at: clock.now(), code: 'queued', facts: { queueEn: queue.name.en, queueZh: queue.name.zh } }];
}
