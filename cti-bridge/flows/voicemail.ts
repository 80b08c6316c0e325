import type { CallEnd } from '../../shared/contracts/call.ts';
import { plainVoicemail } from '../../shared/contracts/voicemail.ts';
import type { QueueId } from '../../shared/ids.ts';
import type { CallRecording, PromisedCallback } from '../interactions/index.ts';
import { callerSpeaks } from './caller-speaks.ts';
import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { endPause } from './recording.ts';

/** A message that can be kept: what is known of it is on disk before its first sound. */
interface Begun {
  readonly promised: PromisedCallback;
  readonly recording: CallRecording;
}

/** What is said where no message can be taken. */
const notTaken = 'waited-too-long';

/**
 * A caller leaves a message for a queue instead of waiting in it:
 *
 *   greeting, tone ──▶ recorded: to #, silence, the limit or the end of the call ──▶ stored ──▶ thanked ──▶ a work item of the queue
 *
 * It is a promise from its first sound on: a bridge that is killed in the middle keeps what was said, and its next start puts it in line.
 * Whoever hangs up before the tone has left nothing. The message is on the customer's timeline; an agent who takes it hears it, and may
 * call back.
 */
export async function leaveMessage(interaction: LiveInteraction, queueId: QueueId, context: StoryContext): Promise<CallEnd> {
  const { log, recording } = context;
  const { call, interactionId, locale } = interaction;
  const { greeting, maxSeconds } = recording.voicemailOf(queueId) ?? plainVoicemail;
  for (const name of [greeting, 'voicemail-tone']) {
    const outcome = await call.play({ kind: 'prompt', name, locale });
    if (outcome === 'missing') log.error('voicemail:promptMissing', { name, locale });
    if (call.signal.aborted) return withoutMessage(await call.ended);
  }

  const begun = await begin(interaction, queueId, context);
  if (!begun) {
    await call.play({ kind: 'prompt', name: notTaken, locale });
    call.hangUp('diverted', 'system', 'ours');
    return withoutMessage(await call.ended);
  }
  await callerSpeaks(interaction, maxSeconds * 1000, context);
  if (!(await keep(interaction, begun, context))) {
    call.hangUp('diverted', 'system', 'caller');
    return withoutMessage(await call.ended);
  }
  // Stored: whoever does not hear the thanks has left it all the same.
  const thanked = await call.play({ kind: 'prompt', name: 'voicemail-left', locale });
  if (thanked === 'missing') log.error('voicemail:promptMissing', { name: 'voicemail-left', interactionId });
  call.hangUp('messageLeft', 'system', 'caller');
  return { ...(await call.ended), reason: 'messageLeft' };
}

/** Who hangs up while hearing that nobody can be reached was turned away. */
function withoutMessage(end: CallEnd): CallEnd {
  return end.by === 'caller' ? { ...end, reason: 'diverted' } : end;
}

/** Null: it could not be kept, and nobody was told that it would be. */
async function begin(interaction: LiveInteraction, queueId: QueueId, context: StoryContext): Promise<Begun | null> {
  const { clock, ids, log, recorder, recording, callbacks } = context;
  const { call, interactionId } = interaction;
  const recordingId = ids.next<string>();
  let promised: PromisedCallback | null = null;
  try {
    await recording.repository.begin({ recordingId, interactionId, agentId: null, startedAt: clock.now() });
    promised = await callbacks.promise(interaction, { recordingId, queueId });
  } catch (error) {
    log.error('voicemail:notStored', { interactionId, error: String(error) });
  }
  endPause(call);
  const running = promised && call.record(recordingId);
  const started = await running?.started;
  if (promised && running && started === 'running') {
    recorder.note(interactionId, { type: 'recording:started', recordingId });
    return { promised, recording: running };
  }
  log.error('voicemail:notRecorded', { interactionId, why: started ?? 'notStored' });
  await forget(recordingId, promised, context);
  return null;
}

/** On disk, and in line. False: nothing was said. */
async function keep(interaction: LiveInteraction, { promised, recording: running }: Begun, context: StoryContext): Promise<boolean> {
  const { clock, log, recorder, recording, callbacks, interactions, routing } = context;
  const { interactionId } = interaction;
  const { recordingId } = running;
  running.stop();
  const { durationMs, failure } = await running.ended;
  const whole = (await recording.files.durationMs(recordingId)) ?? durationMs;
  if (whole < limits.shortestMessage) {
    await forget(recordingId, promised, context);
    recorder.note(interactionId, { type: 'recording:discarded', recordingId });
    return false;
  }
  if (failure) log.error('recording:cutShort', { interactionId, recordingId, failure });
  try {
    await recording.repository.end(recordingId, whole);
    // On the customer's timeline from now on, whoever hears it when.
    const queueName = routing.queue(promised.queueId)?.name ?? { en: '', zh: '' };
    await interactions.complete({
      ...{ interactionId, agentId: null, agentName: '', contactId: interaction.contactId, note: '', handlingMs: 0, at: clock.now() },
      title: { en: `Voicemail, ${queueName.en}`, zh: `语音留言，${queueName.zh}` },
      dispositionCode: 'voicemail',
      isAutomatic: true,
    });
  } catch (error) {
    // It is there all the same: the next start ends it.
    log.error('voicemail:endNotStored', { recordingId, error: String(error) });
  }
  recorder.note(interactionId, { type: 'recording:ended', recordingId, durationMs: whole, failure });
  callbacks.keepMessage(promised, whole, interaction);
  return true;
}

async function forget(recordingId: string, promised: PromisedCallback | null, { recording, callbacks, log }: StoryContext): Promise<void> {
  if (promised) callbacks.withdraw(promised);
  await recording.repository
    .discard(recordingId)
    .catch((error: unknown) => log.error('recording:notDiscarded', { recordingId, error: String(error) }));
  await recording.files.remove(recordingId);
}
