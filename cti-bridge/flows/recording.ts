import type { CallView } from '../../shared/contracts/call.ts';
import { offRecording, type QueueRecording } from '../../shared/contracts/recording.ts';
import type { QueueVoicemail } from '../../shared/contracts/voicemail.ts';
import type { AgentId, InteractionId, QueueId } from '../../shared/ids.ts';
import type { Reservation } from '../acd/index.ts';
import type { CallRecording, RecordingFiles, RecordingRepository, StoredRecording, VoiceCall } from '../interactions/index.ts';
import type { Log, Scope } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

/** What recording needs beside the story itself. Built once by compose. */
export interface RecordingContext {
  readonly repository: RecordingRepository;
  readonly files: RecordingFiles;
  /** As it is set up at this moment; undefined: nothing is set up. */
  settingsOf(queueId: QueueId): QueueRecording | undefined;
  voicemailOf(queueId: QueueId): QueueVoicemail | undefined;
  /** Recordings of calls that a bridge before this one was killed in. Whoever goes on with such a call takes its own out. */
  readonly left: Map<InteractionId, StoredRecording>;
}

/** What the desk may do to a recording. Provided here while one runs. */
export interface RecordingControls {
  /** Both resolve when it is on disk. What is paused is silent, and the customer's keys are masked; it goes on by itself after a while. */
  pause(agentId: AgentId): Promise<CallView | null>;
  resume(agentId: AgentId): Promise<CallView | null>;
  /** It is somebody else than was thought: whoever does not allow it is not recorded, and has not been. */
  personChanged(): void;
}

/** Calls whose customer was told, by the queue that told them and before they waited. */
const told = new WeakSet<VoiceCall>();
/** Pauses belong to the call: whoever carries it on after a transfer goes on with them. */
const pausedUntil = new WeakMap<VoiceCall, number>();

/** Tells the caller that they are recorded, while they would only wait. Nothing to do where nobody is. */
export async function announceRecording(interaction: LiveInteraction, queueId: QueueId, context: StoryContext): Promise<void> {
  const settings = context.recording.settingsOf(queueId) ?? offRecording;
  if (settings.announcement === null || !mayRecord(interaction, settings)) return;
  await announce(interaction, settings.announcement);
}

/**
 * Records a conversation from here to the end of the call or of this part of it, if the queue wants it and the customer does not forbid it.
 * No sound is kept before the announcement was heard to its end. A disk that takes no more ends the recording, loudly, and never the call.
 */
export async function recordCall(
  interaction: LiveInteraction,
  { queueId, agentId }: Pick<Reservation, 'queueId' | 'agentId'>,
  context: StoryContext,
  parent: Scope,
): Promise<void> {
  const { recorder, clock, ids, log, recording } = context;
  const { repository, files, left } = recording;
  const { call, interactionId } = interaction;
  const settings = recording.settingsOf(queueId) ?? offRecording;
  if (interaction.recordingControls || settings.mode === 'off') return;
  const refuse = (why: 'notAllowed' | 'notAnnounced' | 'notStored' | 'diskFull' | 'notWritable' | 'notHeard') => {
    recorder.note(interactionId, { type: 'recording:refused', why });
    if (why !== 'notAllowed') {
      log.error('recording:refused', { interactionId, why });
      show(interaction, context, { state: 'failed', startedAt: null, resumesAt: null });
    }
  };
  if (!mayRecord(interaction, settings)) return refuse('notAllowed');

  const before = left.get(interactionId);
  left.delete(interactionId);
  const recordingId = before?.recordingId ?? ids.next();
  try {
    await repository.begin({ recordingId, interactionId, agentId, startedAt: before?.startedAt ?? clock.now() });
  } catch (error) {
    log.error('recording:notStored', { interactionId, error: String(error) });
    return refuse('notStored');
  }
  const forget = async () => {
    await repository
      .discard(recordingId)
      .catch((error: unknown) => log.error('recording:notDiscarded', { recordingId, error: String(error) }));
    await files.remove(recordingId);
  };
  const isTold = before !== undefined || settings.announcement === null || (await announce(interaction, settings.announcement));
  if (!isTold || parent.isEnded || call.signal.aborted) {
    await forget();
    return isTold || call.signal.aborted ? undefined : refuse('notAnnounced');
  }

  const soFarMs = before ? ((await files.durationMs(recordingId)) ?? 0) : 0;
  if (before?.isPaused) pausedUntil.set(call, clock.now() + limits.recordingPause);
  // A part of the call may go on with a pause of the part before it.
  if (pausedUntil.has(call))
    await repository
      .setPaused(recordingId, true, soFarMs)
      .catch((error: unknown) => log.error('recording:pauseNotStored', { recordingId, error: String(error) }));
  const running = call.record(recordingId, pausedUntil.has(call));
  const started = await running.started;
  if (started !== 'running') {
    // What a bridge before this one recorded stays.
    if (!before) await forget();
    return started === 'callEnded' ? undefined : refuse(started);
  }
  recorder.note(interactionId, { type: 'recording:started', recordingId });
  const scope = parent.child('recording');
  scope.add(() => running.stop());
  const mind = minding(interaction, running, soFarMs, settings, context, scope);
  interaction.recordingControls = mind;
  scope.add(() => {
    interaction.recordingControls = null;
  });

  const { durationMs, failure } = await running.ended;
  await scope.end('recording over');
  if (mind.isForbidden || !mayRecord(interaction, settings)) {
    await forget();
    recorder.note(interactionId, { type: 'recording:discarded', recordingId });
    return;
  }
  if (failure) {
    log.error('recording:cutShort', { interactionId, recordingId, failure });
    show(interaction, context, { state: 'failed', startedAt: null, resumesAt: null });
  }
  // What an earlier worker or bridge wrote into the same file counts as well.
  const whole = (await files.durationMs(recordingId)) ?? durationMs;
  await repository.end(recordingId, whole);
  recorder.note(interactionId, { type: 'recording:ended', recordingId, durationMs: whole, failure });
}

/**
 * A pause is for what a customer says to an agent. Once they speak to nobody of us it is over, whether a recording is left or not: what they
 * are asked from here on they are asked to say.
 */
export function endPause(call: VoiceCall): void {
  if (pausedUntil.delete(call)) call.maskDigits(false);
}

/** Takes over, after a start, what a killed bridge left: ends those with whose calls nobody has gone on within a minute. */
export async function loadLeftRecordings(
  recording: RecordingContext,
  { log, scope }: { readonly log: Log; readonly scope: Scope },
): Promise<void> {
  for (const open of await recording.repository.readOpen()) {
    // Nobody goes on with a message: what was said until then is what was left.
    if (open.agentId === null) await endLeft(open, recording, log);
    else recording.left.set(open.interactionId, open);
  }
  if (recording.left.size === 0) return;
  scope.timer(limits.leftRecordings, () => scope.run(() => endLeftRecordings(recording, log)));
}

async function endLeftRecordings(recording: RecordingContext, log: Log): Promise<void> {
  for (const open of [...recording.left.values()]) {
    recording.left.delete(open.interactionId);
    await endLeft(open, recording, log);
  }
}

async function endLeft({ recordingId }: StoredRecording, { files, repository }: RecordingContext, log: Log): Promise<void> {
  const durationMs = await files.durationMs(recordingId);
  if (durationMs === null) await repository.discard(recordingId);
  else await repository.end(recordingId, durationMs);
  log.warn('recording:endedAfterCrash', { recordingId, durationMs });
}

/** Whoever says no is not recorded, whatever the queue wants; with `onConsent` whoever has not said yes either. */
function mayRecord({ record }: LiveInteraction, { mode }: QueueRecording): boolean {
  if (mode === 'off' || record?.consent.recording === false) return false;
  return mode === 'always' || record?.consent.recording === true;
}

/** False: the prompt is missing, or the call is over. A sound that takes its place (a hold, a join) only begins it anew. */
async function announce({ call, locale }: LiveInteraction, prompt: string): Promise<boolean> {
  if (told.has(call)) return true;
  for (let tries = 0; tries < 5 && !call.signal.aborted; tries++) {
    const outcome = await call.play({ kind: 'prompt', name: prompt, locale });
    if (outcome === 'finished') told.add(call);
    if (outcome !== 'stopped') return outcome === 'finished';
  }
  return false;
}

/** The pauses of one recording, which end by themselves. */
function minding(
  interaction: LiveInteraction,
  running: CallRecording,
  /** What a bridge before this one recorded of it. */
  soFarMs: number,
  settings: QueueRecording,
  context: StoryContext,
  scope: Scope,
): RecordingControls & { readonly isForbidden: boolean } {
  const { recorder, clock, recording } = context;
  const { call, interactionId } = interaction;
  const { recordingId } = running;
  // A clock that somebody sets must not move a stretch of silence.
  const beganAt = context.clock.monotonic() - soFarMs;
  const startedAt = clock.now() - soFarMs;
  const atMs = () => Math.max(0, Math.round(context.clock.monotonic() - beganAt));
  let isForbidden = false;
  let limit = { dispose: () => {} } as ReturnType<Scope['timer']>;

  const showState = () => {
    const resumesAt = pausedUntil.get(call) ?? null;
    return show(interaction, context, { state: resumesAt === null ? 'running' : 'paused', startedAt, resumesAt });
  };
  const resumeAtLimit = () => {
    const at = pausedUntil.get(call);
    if (at === undefined) return;
    limit = scope.timer(Math.max(0, at - clock.now()), () => scope.run(() => resume(null).then(() => {})));
  };

  async function pause(agentId: AgentId): Promise<CallView | null> {
    if (!pausedUntil.has(call)) {
      running.pause();
      call.maskDigits(true);
      pausedUntil.set(call, clock.now() + limits.recordingPause);
      resumeAtLimit();
      await recording.repository.setPaused(recordingId, true, atMs());
      await recorder.record(interactionId, { type: 'recording:paused', recordingId, agentId });
    }
    return showState();
  }

  async function resume(agentId: AgentId | null): Promise<CallView | null> {
    if (pausedUntil.delete(call)) {
      void limit.dispose();
      running.resume();
      call.maskDigits(false);
      await recording.repository.setPaused(recordingId, false, atMs());
      await recorder.record(interactionId, { type: 'recording:resumed', recordingId, agentId });
    }
    return showState();
  }

  if (pausedUntil.has(call)) call.maskDigits(true);
  resumeAtLimit();
  showState();
  return {
    pause,
    resume,
    personChanged() {
      if (isForbidden || mayRecord(interaction, settings)) return;
      isForbidden = true;
      running.stop();
      show(interaction, context, null);
    },
    get isForbidden() {
      return isForbidden;
    },
  };
}

function show(
  interaction: LiveInteraction,
  { desktops }: StoryContext,
  recording: NonNullable<CallView['recording']> | null,
): CallView | null {
  if (!interaction.callView || interaction.callView.state === 'ended') return interaction.callView;
  interaction.callView = { ...interaction.callView, recording };
  if (interaction.assigned) desktops.push(interaction.assigned.agentId, 'call:changed', interaction.callView);
  return interaction.callView;
}
