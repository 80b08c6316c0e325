import type { Deed } from '../../ivr/index.ts';
import { callerSpeaks } from '../caller-speaks.ts';
import { limits, type StoryContext } from '../context.ts';
import { type DeedRun, type Done, done } from './deed-run.ts';

type Record = Extract<Deed, { readonly kind: 'record' }>;

/** Keeps what the caller says as a recording of the interaction. It is on disk before its first sound; what is shorter than a word is nothing. */
export async function recordWords({ attribute, maxMs }: Record, run: DeedRun, context: StoryContext): Promise<Done> {
  const { clock, ids, log, recorder, recording } = context;
  const { interaction, scope } = run;
  const { call, interactionId } = interaction;
  const recordingId = ids.next<string>();
  const taken = run.takeCaller();
  try {
    await recording.repository.begin({ recordingId, interactionId, agentId: null, startedAt: clock.now() });
    const running = call.record(recordingId);
    const started = await running.started;
    if (started !== 'running') {
      log.error('ivr:notRecorded', { interactionId, why: started });
      await forget(recordingId, context);
      return done('error');
    }
    recorder.note(interactionId, { type: 'recording:started', recordingId });
    await callerSpeaks(interaction, maxMs, { scope }, scope.signal);
    running.stop();
    const { durationMs, failure } = await running.ended;
    const whole = (await recording.files.durationMs(recordingId)) ?? durationMs;
    if (whole < limits.shortestMessage) {
      await forget(recordingId, context);
      recorder.note(interactionId, { type: 'recording:discarded', recordingId });
      return done('nothing');
    }
    await recording.repository.end(recordingId, whole);
    recorder.note(interactionId, { type: 'recording:ended', recordingId, durationMs: whole, failure });
    return done('done', { [`entered.${attribute}`]: recordingId });
  } catch (error) {
    log.error('ivr:notRecorded', { interactionId, error: String(error) });
    return done('error');
  } finally {
    taken.dispose();
  }
}

async function forget(recordingId: string, { recording, log }: StoryContext): Promise<void> {
  await recording.repository
    .discard(recordingId)
    .catch((error: unknown) => log.error('recording:notDiscarded', { recordingId, error: String(error) }));
  await recording.files.remove(recordingId);
}
