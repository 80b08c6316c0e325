import { asId, type InteractionId, type PopId, type QueueId, type WorkItemId } from '../../shared/ids.ts';
import type { VoiceCall } from '../interactions/index.ts';
import type { FlowEntrance } from '../ivr/index.ts';
import type { Scope } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import { callerOf, identifyAwhile } from './identify.ts';
import { afterMenu, waitsFrom } from './ivr/after-menu.ts';
import { numbersAmong, passedFacts } from './ivr/passed-facts.ts';
import { carriedOn, LiveInteraction } from './live-interaction.ts';
import { announceRecording } from './recording.ts';
import { runIvr } from './run-ivr.ts';
import { abandoned, freeTheRouter, leaveQueue, recordEnd, serve } from './serve.ts';
import { standsIn, waitForAgent } from './wait-for-agent.ts';
import { standingOf } from './whom-they-know.ts';

/**
 * The story of a phone call, from the first packet to the stored outcome, in ten steps:
 *
 *   1 received · 2 identified · 3 in IVR · 4 queued · 5 reserved · 6 popped · 7 answered · 8 talking · 9 ended · 10 wrapped up
 *
 * The caller may leave, and any part may fail, at each of them; every early `return` below is a named ending. Everything the story
 * starts hangs on its scope, so that ending the scope releases all of it.
 */
export async function inboundCall(call: VoiceCall, context: StoryContext): Promise<void> {
  const { recorder, organisation, live, callbacks } = context;
  const interaction = new LiveInteraction(
    { interactionId: context.ids.next<InteractionId>(), workItemId: context.ids.next<WorkItemId>(), popId: context.ids.next<PopId>() },
    call,
  );
  const scope = context.scope.child(`call ${interaction.interactionId}`);
  // Whatever ends the scope (drain, a bug in this story) also ends the call: no caller stays on a line that nobody minds.
  scope.add(() => {
    if (!interaction.isHandedOn) call.hangUp(context.scope.isEnded ? 'shutdown' : 'fault', 'system', 'ours');
  });
  live.add(interaction);
  scope.add(() => live.remove(interaction));
  scope.add(call.onMediaMoved((tookMs) => recorder.note(interaction.interactionId, { type: 'call:mediaMoved', tookMs })));
  scope.add(() => {
    if (!callbacks.has(interaction.workItemId)) freeTheRouter(interaction, context);
  });

  try {
    // 1 received
    interaction.path = [{ at: call.receivedAt, code: 'dialled', facts: { number: call.dialled } }];
    const flow = organisation.flowFor(call.dialled);
    const receiving = received(interaction, flow !== undefined, context);
    // What the disk does takes longest: it begins before the rest of what is done beside it.
    await Promise.resolve();
    if (!flow) {
      await receiving;
      call.refuse(404, { reason: 'unknownNumber', fault: 'caller' });
      return await recordEnd(interaction, await call.ended, context);
    }

    // 2 identified, beside the disk: the menu waits a moment so that it may speak the caller's language, never longer
    call.prepare();
    interaction.facts = passedFacts(context.ivr.takesOver(call.trunkId), (name) => call.header(name));
    const [callerLocale] = await Promise.all([callerLanguage(interaction, context, scope), receiving]);
    callbacks.calledAgain(call);

    await fromMenu(interaction, flow, callerLocale, context, scope);
  } catch (error) {
    // A bug ends this story and not the house; the record says so, and whoever reads it knows that it was us.
    if (!interaction.isHandedOn) call.hangUp('fault', 'system', 'ours');
    if (!interaction.isEndRecorded) await recordEnd(interaction, await call.ended, context);
    throw error;
  } finally {
    await scope.end('story over');
    await carriedOn(interaction);
  }
}

/** Steps 3 to 10. `menuBefore`: a crash came in the middle of the menu. */
export async function fromMenu(
  interaction: LiveInteraction,
  flow: FlowEntrance,
  callerLocale: 'en' | 'zh' | null,
  context: StoryContext,
  scope: Scope,
  menuBefore: string | null = null,
): Promise<void> {
  const { call } = interaction;
  const { recorder, routing, callbacks } = context;
  // 3 in IVR
  const choice = await runIvr(interaction, flow, callerLocale, context, scope, menuBefore);
  if (choice.kind !== 'queue') return await afterMenu(interaction, choice, context);

  // 2 identified, once more, by what they typed
  const entered = enteredBy(interaction);
  if (entered.length > 0) await identifyAwhile(interaction, context, scope, entered);

  // 4 queued, with music until an agent is there
  const first = routing.queue(asId<QueueId>(choice.queueId)) ?? routing.queue(asId<QueueId>(flow.entry.flow.fallback.queueId));
  if (!first) throw new Error(`Flow ${flow.entry.flow.flowId} leads to unknown queue ${choice.queueId} and has no usable fallback`);
  // Who waits after all is not called back beside it.
  if (callbacks.promisedIn(interaction)) callbacks.cancel(interaction.workItemId);
  interaction.skills = choice.skills;
  waitsFrom(interaction, choice.priority ?? first.priority, context);
  standsIn(interaction, first, context);
  await announceRecording(interaction, first.queueId, context);
  const { interactionId } = interaction;
  const queuedFact = { workItemId: interaction.workItemId, queueId: first.queueId, priority: interaction.priority };
  recorder.note(interactionId, { type: 'workItem:queued', ...queuedFact });

  // 5 reserved, 6 popped, 7 answered
  const entering = {
    type: 'item:queued',
    interactionId,
    ...queuedFact,
    ...interaction.needs,
    ...(await standingOf(interaction, first, context)),
  } as const;
  if (call.signal.aborted) return await recordEnd(interaction, abandoned(await call.ended), context);
  const waited = await waitForAgent(interaction, entering, context, scope);
  if (waited.kind !== 'answered') return await leaveQueue(interaction, waited, context);

  // 8 talking, 9 ended, 10 wrapped up
  return await serve(interaction, waited, first, context, scope);
}

/** Step 1: on disk before the caller is told anything. The store keeps the order, so waiting for the event is waiting for both. */
async function received(interaction: LiveInteraction, isOurNumber: boolean, context: StoryContext): Promise<void> {
  const { recorder, interactions, organisation, log } = context;
  const { call, interactionId } = interaction;
  void interactions
    .recordCaller(interactionId, callerOf(call, organisation))
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
  await identifyAwhile(interaction, context, scope, numbersAmong(interaction.facts));
  return interaction.record?.locale ?? null;
}

/**
 * What the caller typed in the menu, but for what is masked there, and what was passed on with the call: a customer number or a membership may
 * say who it is. Nothing where the menu itself has found them.
 */
function enteredBy({ path, facts: known, foundBy }: LiveInteraction): readonly string[] {
  if (foundBy !== null) return [];
  const typed = path.flatMap(({ code, facts }) => (code === 'entered' && facts.value !== undefined ? [String(facts.value)] : []));
  return typed.length > 0 ? typed : numbersAmong(known);
}
