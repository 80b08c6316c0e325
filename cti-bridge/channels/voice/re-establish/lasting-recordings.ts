import type { Clock, Log } from '../../../kernel/index.ts';
import type { MediaSession, RecordingOutcome, RecordingRequest } from '../../../media/index.ts';
import { MediaError } from '../../../media/index.ts';

interface Running {
  readonly request: RecordingRequest;
  isPaused: boolean;
  /** Who writes it now; null while nobody does. */
  session: MediaSession | null;
  /** Monotonic ms since the session that writes it does. */
  since: number;
  /** What sessions before it have written, in ms, and the pauses in it. */
  writtenMs: number;
  pauses: RecordingOutcome['pauses'];
}

/**
 * The recordings of a call that goes from worker to worker: each goes on in its file, paused if it was. What the dead worker had written it
 * can no longer say, so the length of that part is by our clock; a second of it at most is not in the file.
 */
export class LastingRecordings {
  readonly #clock: Clock;
  readonly #log: Log;
  /** The id of a leg in the session that carries it now; null while none does. */
  readonly #innerId: (legId: string) => string | null;
  readonly #running = new Map<string, Running>();

  constructor(clock: Clock, log: Log, innerId: (legId: string) => string | null) {
    this.#clock = clock;
    this.#log = log;
    this.#innerId = innerId;
  }

  get isAnyRunning(): boolean {
    return this.#running.size > 0;
  }

  async start(session: MediaSession, recordingId: string, request: RecordingRequest): Promise<void> {
    const isPaused = request.isPaused ?? false;
    await session.startRecording(recordingId, this.#inside(request, isPaused));
    this.#running.set(recordingId, { request, isPaused, session, since: this.#clock.monotonic(), writtenMs: 0, pauses: [] });
  }

  pause(recordingId: string, isPaused: boolean): void {
    const running = this.#running.get(recordingId);
    if (!running) return;
    running.isPaused = isPaused;
    if (isPaused) running.session?.pauseRecording(recordingId);
    else running.session?.resumeRecording(recordingId);
  }

  async stop(recordingId: string): Promise<RecordingOutcome> {
    const running = this.#running.get(recordingId);
    if (!running) throw new MediaError('unknownLeg', 'there is no such recording');
    this.#running.delete(recordingId);
    if (running.session) await this.#takeOver(recordingId, running);
    return { durationMs: Math.round(running.writtenMs), pauses: running.pauses };
  }

  /** The worker died. */
  interrupted(): void {
    for (const running of this.#running.values()) {
      if (running.session) this.#count(running, { durationMs: this.#clock.monotonic() - running.since, pauses: [] });
      running.session = null;
    }
  }

  /** The legs that can be back are back. */
  carryOn(session: MediaSession): void {
    for (const [recordingId, running] of this.#running) if (!running.session) void this.#resume(recordingId, running, session);
  }

  /** A leg that came back after the others: a recording knows only the legs it was begun with. */
  legIsBack(legId: string, session: MediaSession): void {
    for (const [recordingId, running] of this.#running) {
      const { left, right } = running.request;
      if (!running.session || !(left.includes(legId) || (right !== 'asHeard' && right.includes(legId)))) continue;
      void this.#takeOver(recordingId, running).then(() => this.#resume(recordingId, running, session));
    }
  }

  async #takeOver(recordingId: string, running: Running): Promise<void> {
    const { session } = running;
    running.session = null;
    try {
      if (session) this.#count(running, await session.stopRecording(recordingId));
    } catch (error) {
      this.#count(running, { durationMs: this.#clock.monotonic() - running.since, pauses: [] });
      this.#log.warn('recording:stopped-untold', { recordingId, error: String(error) });
    }
  }

  async #resume(recordingId: string, running: Running, session: MediaSession): Promise<void> {
    if (!this.#running.has(recordingId)) return;
    running.session = session;
    running.since = this.#clock.monotonic();
    try {
      await session.startRecording(recordingId, this.#inside(running.request, running.isPaused));
    } catch (error) {
      if (running.session === session) running.session = null;
      this.#log.error('recording:not-carried-on', { recordingId, error: String(error) });
    }
  }

  #count(running: Running, part: RecordingOutcome): void {
    const before = Math.round(running.writtenMs);
    running.pauses = [...running.pauses, ...part.pauses.map(({ fromMs, toMs }) => ({ fromMs: fromMs + before, toMs: toMs + before }))];
    running.writtenMs += part.durationMs;
  }

  #inside({ path, left, right }: RecordingRequest, isPaused: boolean): RecordingRequest {
    const inside = (legIds: readonly string[]) => legIds.flatMap((legId) => this.#innerId(legId) ?? []);
    return { path, left: inside(left), right: right === 'asHeard' ? right : inside(right), isPaused };
  }
}
