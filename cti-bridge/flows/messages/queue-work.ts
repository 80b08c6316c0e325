import type { Offer } from '../../../shared/contracts/screen-pop.ts';
import { type AgentId, asId, type QueueId } from '../../../shared/ids.ts';
import type { Reservation, RouterDecision } from '../../acd/index.ts';
import type { Scope } from '../../kernel/index.ts';
import { type MessageContext, messageLimits } from './context.ts';
import { type LiveWork, partOf } from './live-work.ts';
import { tellWaiting, tellWaitingGone } from './tell.ts';
import { writtenPop } from './views.ts';

/**
 * Steps 4 to 7 of written work: it stands in a queue of the same router as calls, is offered with its pop, and is in hand when its agent takes
 * it. A queue that is closed keeps it until it opens; nothing but an agent's taking it, or its end, takes it out.
 */
export function queueWork(
  work: LiveWork,
  how:
    | { readonly kind: 'queued'; readonly preferred: readonly AgentId[] }
    /** An agent had it and lost it, through no doing of the customer's. */
    | { readonly kind: 'returned'; readonly from: AgentId; readonly isDeviceFault: boolean }
    /** Offered to this agent alone, whoever asked for them. `isTheirs`: they had it, and have it again wherever they are. */
    | { readonly kind: 'asked'; readonly agentId: AgentId; readonly by: AgentId | null; readonly isTheirs?: true },
  context: MessageContext,
): void {
  const { routing, clock } = context;
  const { workItemId, interactionId, queueId, priority, needs, tier, queuedAt } = work.stored;
  follow(work, context);
  // In the time of the router, which jumps with no clock.
  work.waitingSince ||= routing.now() - Math.max(0, clock.now() - queuedAt);
  const item = { workItemId, interactionId, queueId, ...(needs ? { needs } : {}) };
  if (how.kind === 'asked') {
    const { agentId, by, isTheirs } = how;
    if (isTheirs) work.comesBackTo = agentId;
    routing.tell({ type: 'agent:asked', agentId, by, workItemId, interactionId, queueId, ...(isTheirs ? { isTheirs } : {}) });
    return;
  }
  if (how.kind === 'returned')
    routing.tell({
      type: 'item:returned',
      agentId: how.from,
      ...item,
      priority: priority ?? routing.queue(queueId)?.priority ?? 0,
      queuedAt: work.waitingSince,
      isDeviceFault: how.isDeviceFault,
    });
  else
    routing.tell({
      type: 'item:queued',
      ...item,
      priority,
      tier,
      preferences: how.preferred.map((agentId) => ({ agentId, kind: 'lastAgent' as const })),
      queuedAt: work.waitingSince,
      isCallback: true,
    });
  tellWaiting(work, context);
}

function follow(work: LiveWork, context: MessageContext): void {
  const { routing, recorder, conversations } = context;
  void work.following?.dispose();
  const { workItemId, interactionId } = work;
  work.following = routing.follow(workItemId, {
    offered(reservation) {
      work.offersMade++;
      partOf(work, `offer ${reservation.reservationId}`, (scope) => offerWork(work, reservation, context, scope));
    },
    widened: ({ ring }) => recorder.note(interactionId, { type: 'workItem:widened', workItemId, ring }),
    moved({ from, to, reasons }) {
      tellWaitingGone(work, context);
      work.stored = { ...work.stored, queueId: to };
      recorder.note(interactionId, { type: 'workItem:moved', workItemId, from, to, why: reasons[0]?.code ?? 'queueChosen' });
      partOf(work, 'moved', () => conversations.saveWork(work.stored));
      tellWaiting(work, context);
    },
    diverted: (decision) => keepWaiting(work, decision, context),
  });
}

/** No queue wants it: what was written is not turned away. It goes to another queue of its channel where there is one, or tries again. */
function keepWaiting(work: LiveWork, { queueId, why }: Extract<RouterDecision, { type: 'divert' }>, context: MessageContext): void {
  const { routing, configuration, log } = context;
  tellWaitingGone(work, context);
  const others = configuration().queues.filter(({ id, channel }) => channel === work.conversation.channel && id !== queueId);
  const stays = routing.queue(queueId) ?? null;
  const next = stays ? null : others[0];
  log.warn('message:queueFull', { interactionId: work.interactionId, queueId, why });
  if (next) work.stored = { ...work.stored, queueId: asId<QueueId>(next.id) };
  work.scope.timer(next ? 0 : 30_000, () => queueWork(work, { kind: 'queued', preferred: [] }, context));
}

/** Steps 5 to 7 for one offer. */
async function offerWork(work: LiveWork, reservation: Reservation, context: MessageContext, scope: Scope): Promise<void> {
  const { clock, routing, recorder, desktops, agents } = context;
  const { reservationId, agentId, workItemId } = reservation;
  const { interactionId } = work;
  const offerNumber = work.offersMade;
  const queue = routing.queue(reservation.queueId);
  const fail = (cause: 'released' | 'deviceUnreachable' | 'rejected') => routing.tell({ type: 'reservation:failed', reservationId, cause });
  if (!queue) return fail('released');
  const verdict = routing.verdict(reservationId);
  if (work.comesBackTo === agentId) {
    work.comesBackTo = null;
    work.pop = writtenPop(work, queue, reservation.reasons, context);
    await routing.accept(reservation);
    if ((await verdict).kind === 'accepted') return context.takeInHand(work, reservation);
    return queueWork(work, { kind: 'queued', preferred: [agentId] }, context);
  }

  // 5 reserved
  await recorder.record(interactionId, {
    type: 'reservation:offered',
    reservationId,
    workItemId,
    agentId,
    fencing: reservation.fencing,
    leaseMs: reservation.expiresAt - reservation.offeredAt,
    reasons: reservation.reasons,
  });

  // 6 popped
  const offeredAt = clock.monotonic();
  const since = () => ({
    sinceReceivedMs: Math.max(0, clock.now() - (work.stored.waitsSince ?? work.stored.queuedAt)),
    sinceOfferMs: clock.monotonic() - offeredAt,
  });
  if (!routing.isOver(reservationId) && agents.find(agentId)) {
    const pop = writtenPop(work, queue, reservation.reasons, context);
    work.pop = pop;
    const offer: Offer = {
      reservationId,
      interactionId,
      channel: work.conversation.channel,
      offeredAt: routing.onTheWall(reservation.offeredAt),
      ringsUntil: routing.onTheWall(reservation.expiresAt),
      pop,
    };
    const noDelivery = scope.timer(messageLimits.popDelivery, () => fail('deviceUnreachable'));
    let isDelivered = false;
    let isPainted = false;
    work.offers.set(reservationId, {
      reservation,
      offer,
      controls: {
        delivered(popId) {
          if (isDelivered || popId !== pop.popId) return;
          isDelivered = true;
          void noDelivery.dispose();
          recorder.note(interactionId, { type: 'pop:delivered', reservationId, ...since() });
        },
        painted(popId) {
          if (isPainted || popId !== pop.popId) return;
          isPainted = true;
          recorder.note(interactionId, { type: 'pop:painted', reservationId, ...since() });
        },
        reject: () => fail('rejected'),
      },
    });
    desktops.push(agentId, 'reservation:offered', offer);
  } else if (!routing.isOver(reservationId)) fail('deviceUnreachable');

  // 7 answered, or not
  const decided = await verdict;
  work.offers.delete(reservationId);
  if (decided.kind === 'accepted') {
    tellWaitingGone(work, context);
    return context.takeInHand(work, reservation);
  }
  work.decisionMade();
  const cause = decided.kind === 'withdrawn' ? decided.cause : 'answeredElsewhere';
  const countsAgainstAgent = decided.kind === 'withdrawn' && decided.countsAgainstAgent;
  await recorder.record(interactionId, { type: 'reservation:ended', reservationId, agentId, cause, countsAgainstAgent });
  desktops.push(agentId, 'reservation:ended', { reservationId, interactionId, cause });
  // What was offered by name and not taken stands in no queue: it goes back to where it waited, unless the customer is gone, or a supervisor
  // gave it to somebody else.
  const isAtHand = !work.scope.isEnded && work.stored.state === 'queued' && work.offersMade === offerNumber;
  if (reservation.askedBy !== undefined && cause !== 'callerLeft' && isAtHand) queueWork(work, { kind: 'queued', preferred: [] }, context);
}
