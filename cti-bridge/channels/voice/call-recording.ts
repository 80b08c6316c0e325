import { join } from 'node:path';
import type { CallRecording, RecordingEnd, RecordingFailure } from '../../interactions/index.ts';
import { type Clock, type Log, type Scope, withTimeLimit } from '../../kernel/index.ts';
import { MediaError } from '../../media/index.ts';
import type { CallMedia } from './re-establish/index.ts';

interface RecordingParts {
  readonly session: CallMedia;
  readonly clock: Clock;
  readonly log: Log;
  /** The call's: its end stops the recording, before the session that writes it is ended. */
  readonly scope: Scope;
}

/** The last block and the disk's word that it has it. */
const stopLimitMs = 3_000;

/** A recording of the customer's leg and all that it is sent. */
export class SipCallRecording implements CallRecording {
  readonly recordingId: string;
  readonly started: Promise<'running' | RecordingFailure>;
  readonly ended: Promise<RecordingEnd>;
  readonly #parts: RecordingParts;
  readonly #resolveEnded: (end: RecordingEnd) => void;
  #failure: RecordingEnd['failure'] = null;
  #stopping: Promise<void> | undefined;

  constructor(
    recordingId: string,
    request: { readonly folder: string | null; readonly legId: string | null; readonly isPaused: boolean },
    parts: RecordingParts,
  ) {
    this.recordingId = recordingId;
    this.#parts = parts;
    ({ promise: this.ended, resolve: this.#resolveEnded } = Promise.withResolvers<RecordingEnd>());
    const { session, scope } = parts;
    scope.add(
      session.on('recordingFailed', (event) => {
        if (event.recordingId !== recordingId) return;
        this.#failure = event.why;
        this.stop();
      }),
    );
    const { folder, legId, isPaused } = request;
    const isId = /^[0-9A-Za-z_-]{1,64}$/.test(recordingId);
    if (folder === null || legId === null || !isId) {
      this.started = Promise.resolve(legId === null ? 'callEnded' : 'notWritable');
      return;
    }
    const path = join(folder, `${recordingId}.wav`);
    this.started = session.startRecording(recordingId, { path, left: [legId], right: 'asHeard', isPaused }).then(
      () => {
        // Registered last, so that it is the first to go when the call ends.
        scope.add(() => this.#stop());
        return 'running';
      },
      (error: unknown) =>
        error instanceof MediaError && (error.code === 'diskFull' || error.code === 'notWritable' || error.code === 'notHeard')
          ? error.code
          : 'callEnded',
    );
  }

  pause(): void {
    this.#parts.session.pauseRecording(this.recordingId);
  }

  resume(): void {
    this.#parts.session.resumeRecording(this.recordingId);
  }

  stop(): void {
    void this.started.then((started) => (started === 'running' ? this.#stop() : undefined));
  }

  #stop(): Promise<void> {
    this.#stopping ??= this.#stopOnce();
    return this.#stopping;
  }

  async #stopOnce(): Promise<void> {
    const { session, clock, log } = this.#parts;
    let durationMs = 0;
    try {
      ({ durationMs } = await withTimeLimit(clock, stopLimitMs, 'stopping a recording', session.stopRecording(this.recordingId)));
    } catch (error) {
      log.error('recording:stop-failed', { recordingId: this.recordingId, error: String(error) });
      this.#failure ??= 'notWritable';
    }
    this.#resolveEnded({ durationMs, failure: this.#failure });
  }
}
