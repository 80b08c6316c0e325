import type { CallEnd } from '../../shared/contracts/call.ts';
import { type AgentId, asId, type InteractionId, type PopId, type QueueId, type WorkItemId } from '../../shared/ids.ts';
import { agentOf, ownerOf, type Queue, type Reservation, type RouterDecision, type RouterEvent } from '../acd/index.ts';
import type { AgentLeg, VoiceCall } from '../interactions/index.ts';
import { type Scope, TimeLimitError, withTimeLimit } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import { identify } from './identify.ts';
import { LiveInteraction } from './live-interaction.ts';
import { ringAgent } from './ring-agent.ts';
import { runIvr } from './run-ivr.ts';
import { screenPop } from './screen-pop.ts';
import { talk } from './talk.ts';
import { todaysWork } from './todays-work.ts';
import { wrapUp } from './wrap-up.ts';

/**
 * The story of a phone call, from the first packet to the stored outcome, in ten steps:
 *
 *   1 received · 2 identified · 3 in IVR · 4 queued · 5 reserved · 6 popped · 7 answered · 8 talking · 9 ended · 10 wrapped up
 *
 * The caller may leave, and any part may fail, at each of them; every early `return` below is a named ending. Everything the story
 * starts hangs on its scope, so that ending the scope releases all of it.
 */
export async function inboundCall(call: VoiceCall, context: StoryContext): Promise<void> {
  const { recorder, organisation, routing, live, clock } = context;
  const interaction = new LiveInteraction(
    { interactionId: context.ids.next<InteractionId>(), workItemId: context.ids.next<WorkItemId>(), popId: context.ids.next<PopId>() },
    call,
  );
  const scope = context.scope.child(`call ${interaction.interactionId}`);
  // Whatever ends the scope (drain, a bug in this story) also ends the call: no caller stays on a line that nobody minds.
  scope.add(() => call.hangUp(context.scope.isEnded ? 'shutdown' : 'fault', 'system', 'ours'));
  live.add(interaction);
  scope.add(() => live.remove(interaction));
  scope.add(() => freeTheRouter(interaction, context));

  try {
    // 1 received
    interaction.path = [{ at: call.receivedAt, code: 'dialled', facts: { number: call.dialled } }];
    const flow = organisation.flowFor(call.dialled);
    await received(interaction, flow !== undefined, context);
    if (!flow) {
      call.refuse(404, { reason: 'unknownNumber', fault: 'caller' });
      return await ended(interaction, await call.ended, context);
    }

    // 2 identified, beside the call: the menu waits a moment so that it may speak the caller's language, never longer
    const callerLocale = await callerLanguage(interaction, context, scope);

    // 3 in IVR
    const choice = await runIvr(interaction, flow, callerLocale, context, scope);
    if (choice.kind === 'callerLeft') return await ended(interaction, abandoned(await call.ended), context);
    if (choice.kind === 'hungUp') {
      call.hangUp('completedInIvr', 'system', 'caller');
      return await ended(interaction, await call.ended, context);
    }

    // 4 queued, with music until an agent is there
    const first = routing.queue(asId<QueueId>(choice.queueId)) ?? routing.queue(asId<QueueId>(flow.fallbackQueueId));
    if (!first) throw new Error(`Flow ${flow.flowId} leads to unknown queue ${choice.queueId} and has no usable fallback`);
    interaction.priority = choice.priority ?? first.priority;
    interaction.queuedAt = clock.now();
    interaction.waitingSince = routing.now();
    standsIn(interaction, first, context);
    const { interactionId } = interaction;
    const queuedFact = { workItemId: interaction.workItemId, queueId: first.queueId, priority: interaction.priority };
    recorder.note(interactionId, { type: 'workItem:queued', ...queuedFact });

    let entering: RouterEvent = { type: 'item:queued', interactionId, ...queuedFact, ...(await standing(interaction, first, context)) };
    for (;;) {
      // 5 reserved, 6 popped, 7 answered
      const answered = await waitForAgent(interaction, entering, context, scope);
      if (answered.kind === 'callerLeft') return await ended(interaction, abandoned(await call.ended), context);
      if (answered.kind === 'diverted') return await ended(interaction, await turnAway(interaction, answered.decision, context), context);

      // 8 talking
      const talked = await talk(interaction, answered.leg, answered.reservation, context, scope);
      const { agentId, workItemId, queueId } = answered.reservation;
      const queue = routing.queue(queueId) ?? first;
      if (talked.kind === 'agentLost') {
        // The agent vanished and did not come back: the customer goes to the front of the queue, their time of waiting kept.
        interaction.assigned = null;
        interaction.callView = null;
        scope.run(() => tellLost(interaction, agentId, queue, context));
        recorder.note(interactionId, { type: 'workItem:returned', workItemId, queueId, agentId });
        const { priority, waitingSince: queuedAt } = interaction;
        const isDeviceFault = talked.isDeviceFault;
        entering = { type: 'item:returned', agentId, workItemId, interactionId, queueId, priority, queuedAt, isDeviceFault };
        continue;
      }

      // 9 ended
      await ended(interaction, talked.end, context);

      // 10 wrapped up
      routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: true });
      return await wrapUp(interaction, answered.reservation, queue, context, scope);
    }
  } catch (error) {
    // A bug ends this story and not the house; the record says so, and whoever reads it knows that it was us.
    call.hangUp('fault', 'system', 'ours');
    if (!interaction.isEndRecorded) await ended(interaction, await call.ended, context);
    throw error;
  } finally {
    await scope.end('story over');
  }
}

/** Step 1: on disk before the caller is told anything. The store keeps the order, so waiting for the event is waiting for both. */
async function received(interaction: LiveInteraction, isOurNumber: boolean, { recorder, interactions, log }: StoryContext): Promise<void> {
  const { call, interactionId } = interaction;
  void interactions
    .recordCaller(interactionId, { ...call.caller, dialled: call.dialled, at: call.receivedAt })
    .catch((error: unknown) => log.error('caller:unrecorded', { interactionId, error: String(error) }));
  await recorder.record(interactionId, {
    type: 'interaction:received',
    channel: 'voice',
    direction: 'inbound',
    // What is no number of ours may be somebody's, and events cannot be erased.
    dnis: isOurNumber ? call.dialled : 'unknown',
    trunkId: call.trunkId,
  });
}

/** Step 2: starts identifying and gives it a moment; a late answer corrects the pop that is already on a screen. */
async function callerLanguage(interaction: LiveInteraction, context: StoryContext, scope: Scope): Promise<'en' | 'zh' | null> {
  const { clock, log } = context;
  const identifying = identify(interaction, context).then(() => {
    const shown = interaction.pop;
    const holders = interaction.assigned ? [interaction.assigned.agentId] : [...interaction.offers.values()].map(({ agentId }) => agentId);
    const queue = shown && context.routing.queue(asId<QueueId>(shown.queueId));
    if (!shown || !queue || scope.isEnded) return;
    interaction.pop = screenPop(interaction, queue, shown.why, context.organisation.homeCountry);
    for (const holder of holders) {
      context.desktops.push(holder, 'pop:updated', { interactionId: interaction.interactionId, pop: interaction.pop });
    }
  });
  scope.run(() => identifying);
  await withTimeLimit(clock, limits.identifyBeforeIvr, 'identifying before the menu', identifying).catch((error: unknown) => {
    if (!(error instanceof TimeLimitError)) throw error;
    log.warn('identify:slow', { interactionId: interaction.interactionId });
  });
  const { identification, record } = interaction;
  if (identification?.kind === 'certain') return record?.locale ?? identification.summary.locale;
  return null;
}

type Waited =
  | { readonly kind: 'answered'; readonly leg: AgentLeg; readonly reservation: Reservation }
  | { readonly kind: 'diverted'; readonly decision: Diverted }
  | { readonly kind: 'callerLeft' };
type Diverted = Extract<RouterDecision, { type: 'divert' }>;

/** Steps 4 to 7: the work item stands in the queue; each offer is a story of its own; the first answer or the caller's leaving ends it. */
async function waitForAgent(interaction: LiveInteraction, entering: RouterEvent, context: StoryContext, parent: Scope): Promise<Waited> {
  const { routing, agents, recorder } = context;
  const { call, workItemId } = interaction;
  const scope = parent.child('waiting');
  const { promise: outcome, resolve: finish } = Promise.withResolvers<Waited>();
  const offers = new Set<Promise<unknown>>();

  const offerTo = (reservation: Reservation): void => {
    const queue = routing.queue(reservation.queueId);
    if (!queue) return routing.tell({ type: 'reservation:failed', reservationId: reservation.reservationId, cause: 'released' });
    const story = ringAgent(interaction, reservation, queue, context, parent).then((ring) => {
      offers.delete(story);
      if (ring.kind === 'answered') finish({ kind: 'answered', leg: ring.leg, reservation: ring.reservation });
    });
    offers.add(story);
    parent.run(() => story);
  };
  scope.add(
    routing.follow(workItemId, {
      offered: offerTo,
      widened: ({ ring }) => recorder.note(interaction.interactionId, { type: 'workItem:widened', workItemId, ring }),
      moved({ from, to, reasons }) {
        const queue = routing.queue(to);
        if (queue) standsIn(interaction, queue, context);
        const why = reasons[0]?.code ?? 'queueChosen';
        recorder.note(interaction.interactionId, { type: 'workItem:moved', workItemId, from, to, why });
      },
      diverted: (decision) => finish({ kind: 'diverted', decision }),
    }),
  );
  void call.ended.then(() => {
    if (!scope.isEnded) routing.tell({ type: 'item:gone', workItemId });
    finish({ kind: 'callerLeft' });
  });
  void call.play({ kind: 'music' }, scope.signal);
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
function standsIn(interaction: LiveInteraction, queue: Queue, { clock }: StoryContext): void {
  interaction.queueId = queue.queueId;
  interaction.path = [...interaction.path, { at: clock.now(), code: 'queued', facts: { queueEn: queue.name.en, queueZh: queue.name.zh } }];
}

/** What the router should know of the customer: their tier, and whom they would rather speak to. */
async function standing(interaction: LiveInteraction, _queue: Queue, _context: StoryContext) {
  return { tier: interaction.record?.tier ?? null, preferences: [] };
}

/** The queue cannot keep the caller: they are told why and the call ends. */
async function turnAway(interaction: LiveInteraction, { queueId, why, action }: Diverted, context: StoryContext): Promise<CallEnd> {
  const { call, workItemId, interactionId } = interaction;
  context.recorder.note(interactionId, { type: 'workItem:diverted', workItemId, queueId, why });
  const name = action.to === 'announce' ? action.prompt : 'callback-promised';
  const locale = interaction.record?.locale ?? 'en';
  await call.play({ kind: 'prompt', name, locale });
  call.hangUp('diverted', 'system', 'ours');
  return call.ended;
}

/** However the story ends, the router keeps no item and no engaged agent of it. Nothing to do when all went its way. */
function freeTheRouter({ workItemId }: LiveInteraction, { routing }: StoryContext): void {
  routing.tell({ type: 'item:gone', workItemId });
  const agentId = ownerOf(routing.state, workItemId);
  const work = agentId && agentOf(routing.state, agentId)?.works.find((each) => each.workItemId === workItemId);
  if (!agentId || !work) return;
  if (work.state === 'wrappingUp') routing.tell({ type: 'wrapUp:ended', agentId, workItemId });
  else routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: false });
}

/** A caller who leaves while waiting has abandoned: a normal ending, not a failure. */
function abandoned(end: CallEnd): CallEnd {
  return end.by === 'caller' ? { by: 'caller', reason: 'abandoned', fault: 'caller' } : end;
}

/** The desktop of an agent who lost a call to the queue, should it ever come back, has nothing of it any more. */
async function tellLost({ interactionId }: LiveInteraction, agentId: AgentId, queue: Queue, context: StoryContext): Promise<void> {
  const today = await todaysWork(agentId, context);
  const dispositionCode = queue.wrapUp.defaultDisposition;
  context.desktops.push(agentId, 'interaction:completed', { interactionId, dispositionCode, automatic: true, today });
}

/** Step 9, told once. A call no agent had has nothing to wrap up. */
async function ended(interaction: LiveInteraction, end: CallEnd, { recorder }: StoryContext): Promise<void> {
  interaction.isEndRecorded = true;
  await recorder.record(interaction.interactionId, { type: 'interaction:ended', end });
}
