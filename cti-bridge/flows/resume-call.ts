import { asId, type PopId } from '../../shared/ids.ts';
import type { Queue, Reservation } from '../acd/index.ts';
import type { StoredCall, VoiceCall } from '../interactions/index.ts';
import { withTimeLimit } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import { identifyAwhile } from './identify.ts';
import { fromMenu } from './inbound-call.ts';
import { entranceAsItStood } from './ivr/as-it-stood.ts';
import { readFindings } from './ivr/findings.ts';
import { carriedOn, LiveInteraction } from './live-interaction.ts';
import type { PlaceInLine } from './places-in-line.ts';
import { completeByDefault } from './recover.ts';
import { screenPop } from './screen-pop.ts';
import { abandoned, freeTheRouter, leaveQueue, recordEnd, serve } from './serve.ts';
import { standsIn, waitForAgent } from './wait-for-agent.ts';
import { standingOf } from './whom-they-know.ts';

/**
 * The story of a call in whose middle the bridge was killed: the customer is offered new media, and the call goes on where it stood.
 *
 *   talking ──▶ music, and the same agent: a desk phone at once, a desktop as soon as it is back; 20 s, then ──▶ front of the queue
 *   waiting ──▶ music, at the same place, with all the time they have waited, behind those who waited longer
 *   in the menu ──▶ the prompt of the node they were at, with what they had entered before it
 *   leaving a message, or promised a call ──▶ told that it is kept, and let go: it waits in the queue already, and they must not beside it
 *
 * From there on it is a call like any other.
 */
export async function resumeCall(stored: StoredCall, call: VoiceCall, place: PlaceInLine, context: StoryContext): Promise<void> {
  const { agents, ids, live, recorder, routing, organisation, clock, log, callbacks } = context;
  const { interactionId, workItemId, agentId } = stored;
  const interaction = new LiveInteraction({ interactionId, workItemId, popId: ids.next<PopId>() }, call);
  const scope = context.scope.child(`call ${interactionId}`);
  scope.add(() => {
    if (!interaction.isHandedOn) call.hangUp(context.scope.isEnded ? 'shutdown' : 'fault', 'system', 'ours');
  });
  live.add(interaction);
  scope.add(() => live.remove(interaction));
  const comingBack = agentId === null || stored.talkingSince === null ? null : scope.add(agents.callComesBack(agentId));
  scope.add(() => {
    // A promised call keeps its place in the line.
    if (!callbacks.has(workItemId)) freeTheRouter(interaction, context);
  });
  scope.add(call.onMediaMoved((tookMs) => recorder.note(interactionId, { type: 'call:mediaMoved', tookMs })));
  try {
    interaction.locale = stored.locale;
    interaction.priority = stored.priority;
    interaction.queuedAt = stored.queuedAt ?? clock.now();
    interaction.waitingSince = routing.now() - Math.max(0, clock.now() - interaction.queuedAt);
    if (stored.queueId !== null) Object.assign(interaction, readFindings(stored.menu));
    interaction.path = [{ at: call.receivedAt, code: 'dialled', facts: { number: call.dialled } }];
    const queue = queueOf(stored, call, context);

    const isBack = await withTimeLimit(clock, limits.customerReturn, 'the customer’s answer to new media', call.answer()).catch(
      (error: unknown) => {
        log.warn('call:notBack', { interactionId, error: String(error) });
        return false;
      },
    );
    const promised = callbacks.promisedIn(stored);
    if (promised) return await letGo(interaction, promised, isBack, context);
    if (!isBack) {
      call.hangUp('peerLost', 'system', 'ours');
      await recordEnd(interaction, await call.ended, context);
      if (agentId !== null) await completeByDefault(interactionId, agentId, null, queue.wrapUp.defaultDisposition, context);
      return;
    }
    const isInMenu = stored.queueId === null && stored.menu !== null;
    const flow = isInMenu ? await entranceAsItStood(stored.menu, organisation.flowFor(call.dialled), context) : undefined;
    if (flow) {
      recorder.note(interactionId, { type: 'call:survivedRestart', agentId: null });
      await identifyAwhile(interaction, context, scope);
      return await fromMenu(interaction, flow, interaction.record?.locale ?? null, context, scope, stored.menu);
    }

    standsIn(interaction, queue, context);
    void call.play({ kind: 'music' }, scope.signal);
    const theirs = await theirsAgain(stored, interaction, queue, context);
    await comingBack?.dispose();
    recorder.note(interactionId, { type: 'call:survivedRestart', agentId });
    await identifyAwhile(interaction, context, scope);
    if (theirs) {
      interaction.pop = screenPop(interaction, queue, theirs.reasons, organisation);
      return await serve(interaction, { leg: null, reservation: theirs }, queue, context, scope);
    }
    if (call.signal.aborted) return await recordEnd(interaction, abandoned(await call.ended), context);

    const event = await entering(stored, interaction, queue, context);
    await place.turn();
    const waiting = waitForAgent(interaction, event, context, scope);
    place.taken();
    const waited = await waiting;
    if (waited.kind !== 'answered') return await leaveQueue(interaction, waited, context);
    return await serve(interaction, waited, queue, context, scope);
  } catch (error) {
    if (!interaction.isHandedOn) call.hangUp('fault', 'system', 'ours');
    if (!interaction.isEndRecorded) await recordEnd(interaction, await call.ended, context);
    throw error;
  } finally {
    place.taken();
    await scope.end('story over');
    await carriedOn(interaction);
  }
}

/** What they were promised is on disk: whoever does not hear so any more has it all the same. */
async function letGo(
  interaction: LiveInteraction,
  promised: 'callback' | 'message',
  isBack: boolean,
  context: StoryContext,
): Promise<void> {
  const { call, interactionId, locale } = interaction;
  const [name, reason] =
    promised === 'message' ? (['voicemail-left', 'messageLeft'] as const) : (['callback-promised', 'callbackPromised'] as const);
  // Nobody is there to be told: the sound would wait for their answer as long as the network does.
  if (isBack) {
    context.recorder.note(interactionId, { type: 'call:survivedRestart', agentId: null });
    const heard = await call.play({ kind: 'prompt', name, locale });
    if (heard === 'missing') context.log.error('call:promptMissing', { name, interactionId });
  }
  call.hangUp(reason, 'system', 'caller');
  await recordEnd(interaction, { ...(await call.ended), reason }, context);
}

/**
 * Gives the work back to the agent who had it, whether they are there yet or not. Null when there is no such agent any more, or when the customer
 * was back in the queue already.
 */
async function theirsAgain(
  { agentId, talkingSince, isHeld }: StoredCall,
  interaction: LiveInteraction,
  { queueId }: Queue,
  { routing, agents, clock, interactions, log }: StoryContext,
): Promise<Reservation | null> {
  const { workItemId, interactionId } = interaction;
  if (agentId === null || talkingSince === null || !agents.find(agentId)) return null;
  const offers: Reservation[] = [];
  const following = routing.follow(workItemId, { offered: (reservation) => offers.push(reservation) });
  routing.tell({ type: 'agent:asked', agentId, by: agentId, workItemId, interactionId, queueId, isTheirs: true });
  void following.dispose();
  const [reservation] = offers;
  if (!reservation) return null;
  const verdict = routing.verdict(reservation.reservationId);
  await routing.accept(reservation);
  if ((await verdict).kind !== 'accepted') return null;

  const { reservationId } = reservation;
  interaction.assigned = { agentId, agentName: agents.find(agentId)?.name ?? '', reservationId };
  interaction.answeredAtMonotonic = clock.monotonic() - Math.max(0, clock.now() - talkingSince);
  interaction.callView = {
    interactionId,
    reservationId,
    state: isHeld ? 'held' : 'rejoining',
    answeredAt: talkingSince,
    heldSince: clock.now(),
    endedAt: null,
    end: null,
  };
  const draft = await interactions.readDraft(interactionId).catch((error: unknown) => {
    log.warn('draft:unread', { interactionId, error: String(error) });
    return null;
  });
  interaction.draft = draft && { interactionId, ...draft };
  return reservation;
}

/** Where they stood; the queue may have been removed, and who was in the menu stood in none. */
function queueOf({ queueId }: StoredCall, call: VoiceCall, { routing, organisation }: StoryContext): Queue {
  const fallback = organisation.flowFor(call.dialled)?.entry.flow.fallback.queueId;
  for (const id of [queueId, fallback, ...organisation.queueIds]) {
    const queue = id ? routing.queue(asId(id)) : null;
    if (queue) return queue;
  }
  throw new Error('no queue is set up in which a call could wait');
}

async function entering({ agentId, queueId: before }: StoredCall, interaction: LiveInteraction, queue: Queue, context: StoryContext) {
  const { interactionId, workItemId, waitingSince: queuedAt } = interaction;
  const { queueId } = queue;
  if (agentId !== null) {
    context.recorder.note(interactionId, { type: 'workItem:returned', workItemId, queueId, agentId });
    const { priority, needs } = interaction;
    const item = { workItemId, interactionId, queueId, priority, queuedAt, ...needs };
    return { type: 'item:returned', agentId, ...item, isDeviceFault: false } as const;
  }
  interaction.priority ||= queue.priority;
  const queued = { workItemId, queueId, priority: interaction.priority };
  if (before !== queueId) context.recorder.note(interactionId, { type: 'workItem:queued', ...queued });
  return {
    type: 'item:queued',
    interactionId,
    ...queued,
    queuedAt,
    ...interaction.needs,
    ...(await standingOf(interaction, queue, context)),
  } as const;
}

/** The calls of before that can be gone on with. */
export function resumeCalls(
  stored: readonly StoredCall[],
  restore: (legs: string) => VoiceCall | null,
  log: { warn(event: string, fields: Readonly<Record<string, unknown>>): void },
): readonly { readonly stored: StoredCall; readonly call: VoiceCall }[] {
  return stored.flatMap((each) => {
    const call = restore(each.legs);
    if (call) return [{ stored: each, call }];
    log.warn('call:notRestored', { interactionId: each.interactionId });
    return [];
  });
}
