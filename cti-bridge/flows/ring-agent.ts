import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import type { Offer } from '../../shared/contracts/screen-pop.ts';
import type { Queue, Reservation } from '../acd/index.ts';
import type { AgentLeg, AgentLegFailure } from '../interactions/index.ts';
import type { Scope } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { screenPop } from './screen-pop.ts';

/** What became of one offer. Anything but `answered` and the router has the item back in its queue (or knows it is gone). */
export type RingOutcome =
  | { readonly kind: 'answered'; readonly leg: AgentLeg; readonly reservation: Reservation }
  | { readonly kind: 'notAnswered'; readonly cause: ReservationCause };

const causeOfFailure = {
  rejected: 'rejected',
  noAnswer: 'noAnswer',
  deviceUnreachable: 'deviceUnreachable',
  mediaFailed: 'mediaFailed',
  canceled: 'callerLeft',
} as const satisfies Record<AgentLegFailure, ReservationCause>;

function causeOf(outcome: Awaited<AgentLeg['outcome']>): Exclude<ReservationCause, 'answered'> {
  return outcome.kind === 'failed' ? causeOfFailure[outcome.failure] : 'callerLeft';
}

const releaseWords = {
  rejected: 'rejected',
  noAnswer: 'noAnswer',
  deviceUnreachable: 'rescinded',
  mediaFailed: 'rescinded',
  callerLeft: 'callerLeft',
  agentGone: 'rescinded',
  shutdown: 'rescinded',
  answeredElsewhere: 'answeredElsewhere',
  released: 'rescinded',
} as const;

/**
 * Steps 5 to 7 for one offer: reserved, popped, answered. The pop and the phone's INVITE leave in the same tick; the desktop rings on the
 * pop; the phone's 200 OK accepts. Whoever decides that the offer is over (lease, rejection, caller, missing device), the router is told
 * and its verdict is what counts: there is exactly one cause.
 */
export async function ringAgent(
  interaction: LiveInteraction,
  reservation: Reservation,
  queue: Queue,
  context: StoryContext,
  parent: Scope,
  /** The phone was answered in time; its sound may take a moment more, or never come. */
  onAccepted: () => void = () => {},
): Promise<RingOutcome> {
  const { clock, routing, recorder, desktops, phones, agents } = context;
  const { reservationId, agentId } = reservation;
  const scope = parent.child(`offer ${reservationId}`);
  const verdict = routing.verdict(reservationId);
  const fail = (cause: Exclude<ReservationCause, 'answered'>) => routing.tell({ type: 'reservation:failed', reservationId, cause });

  // 5 reserved, and nobody's phone rings for a caller who may not have got our answer
  const recording = recorder.record(interaction.interactionId, {
    type: 'reservation:offered',
    reservationId,
    workItemId: reservation.workItemId,
    agentId,
    fencing: reservation.fencing,
    leaseMs: reservation.expiresAt - reservation.offeredAt,
    reasons: reservation.reasons,
  });
  // On its way to the disk before anything is done beside it.
  await Promise.resolve();
  const agent = agents.find(agentId);
  if (agent) phones.prepare(agent.extension, interaction.call);
  await Promise.all([recording, interaction.call.acknowledged]);

  // 6 popped
  const offeredAt = clock.monotonic();
  interaction.path = [
    ...interaction.path.filter((entry) => entry.code !== 'rings'),
    { at: clock.now(), code: 'rings', facts: { agent: agent?.name ?? '' } },
  ];
  const pop = screenPop(interaction, queue, reservation.reasons, context.organisation);
  interaction.pop = pop;
  const offer: Offer = {
    reservationId,
    interactionId: interaction.interactionId,
    channel: 'voice',
    offeredAt: routing.onTheWall(reservation.offeredAt),
    ringsUntil: routing.onTheWall(reservation.expiresAt),
    pop,
  };
  let isDelivered = false;
  let isPainted = false;
  // Who has a desk phone can answer without a screen.
  const noDelivery = agent?.hasDeskPhone ? undefined : scope.timer(limits.popDelivery, () => fail('deviceUnreachable'));
  const sinceReceivedMs = () => clock.monotonic() - interaction.call.receivedAtMonotonic;
  const sinceOfferMs = () => clock.monotonic() - offeredAt;
  interaction.offers.set(reservationId, {
    agentId,
    offer,
    controls: {
      delivered: (popId) => {
        if (isDelivered || popId !== pop.popId) return;
        isDelivered = true;
        void noDelivery?.dispose();
        recorder.note(interaction.interactionId, {
          type: 'pop:delivered',
          reservationId,
          sinceReceivedMs: sinceReceivedMs(),
          sinceOfferMs: sinceOfferMs(),
        });
      },
      painted: (popId) => {
        if (isPainted || popId !== pop.popId) return;
        isPainted = true;
        recorder.note(interaction.interactionId, {
          type: 'pop:painted',
          reservationId,
          sinceReceivedMs: sinceReceivedMs(),
          sinceOfferMs: sinceOfferMs(),
        });
      },
      reject: () => fail('rejected'),
    },
  });

  let leg: AgentLeg | undefined;
  if (agent && !routing.isOver(reservationId)) {
    desktops.push(agentId, 'reservation:offered', offer);
    // A story that breaks off (drain, a bug) leaves no desktop ringing.
    scope.add(() => {
      if (interaction.offers.has(reservationId))
        desktops.push(agentId, 'reservation:ended', { reservationId, interactionId: interaction.interactionId, cause: 'shutdown' });
    });
    leg = phones.ring(
      {
        agentId,
        extension: agent.extension,
        reservationId,
        interactionId: interaction.interactionId,
        callerDisplay: pop.match.kind === 'certain' ? pop.match.contact.name : pop.caller.display,
        callerNumber: pop.caller.number ?? 'anonymous',
      },
      interaction.call,
    );
    const noRinging = scope.timer(limits.phoneRinging, () => fail('deviceUnreachable'));
    void leg.ringing.then(() => noRinging.dispose());
    // 7 answered, or not
    void leg.accepted.then(() => {
      void noRinging.dispose();
      scope.run(() => routing.accept(reservation));
    });
    void leg.outcome.then((outcome) => {
      void noRinging.dispose();
      if (outcome.kind === 'failed') fail(causeOfFailure[outcome.failure]);
    });
  } else if (!agent) {
    fail('deviceUnreachable');
  }

  const decided = await verdict;
  interaction.offers.delete(reservationId);
  if (decided.kind === 'accepted') onAccepted();
  await scope.end('offer decided');

  // Accepted by the 200; the caller keeps the music until the sound behind it is there.
  const connected = decided.kind === 'accepted' && leg ? await leg.outcome : null;
  if (connected?.kind === 'answered' && leg && !interaction.call.signal.aborted) {
    desktops.push(agentId, 'reservation:ended', { reservationId, interactionId: interaction.interactionId, cause: 'answered' });
    return { kind: 'answered', leg, reservation };
  }
  const { workItemId, interactionId, queueId } = reservation;
  const cause =
    decided.kind === 'withdrawn' ? decided.cause : interaction.call.signal.aborted || !connected ? 'callerLeft' : causeOf(connected);
  if (decided.kind === 'accepted') {
    // Nobody is joined to an empty call, and the agent is free again; a caller who is still there goes to the front, unless a colleague has them.
    if (cause === 'callerLeft' || reservation.askedBy !== undefined)
      routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: false });
    else
      routing.tell({
        type: 'item:returned',
        agentId,
        workItemId,
        interactionId,
        queueId,
        priority: interaction.priority,
        queuedAt: interaction.waitingSince,
        isDeviceFault: true,
      });
  }
  const countsAgainstAgent = decided.kind === 'withdrawn' && decided.countsAgainstAgent;
  leg?.release(releaseWords[cause]);
  await recorder.record(interaction.interactionId, { type: 'reservation:ended', reservationId, agentId, cause, countsAgainstAgent });
  desktops.push(agentId, 'reservation:ended', { reservationId, interactionId: interaction.interactionId, cause });
  return { kind: 'notAnswered', cause };
}
