import type { InteractionId } from '../../shared/ids.ts';

/** Why a recording could not be begun or went no further. The call goes on in any case. */
export type RecordingFailure = 'diskFull' | 'notWritable' | 'callEnded';

/** One recording of a call, in two channels: the customer, and everything they hear of us. Begun by `VoiceCall.record`. */
export interface CallRecording {
  readonly recordingId: string;
  /** Resolves when sound is being written, or with why it is not. Never rejects. */
  readonly started: Promise<'running' | RecordingFailure>;
  /** Silence of the same length from now on. Outlives the death of whatever carries the sound. */
  pause(): void;
  resume(): void;
  stop(): void;
  /** Resolves once, when everything is on disk: stopped, the call over, or the disk gave up. Never rejects; stays pending if it never ran. */
  readonly ended: Promise<RecordingEnd>;
}

export interface RecordingEnd {
  /** Pauses included. */
  readonly durationMs: number;
  /** What cut it short; null when it ended as it should. */
  readonly failure: Exclude<RecordingFailure, 'callEnded'> | null;
}

export interface StoredRecording {
  readonly recordingId: string;
  readonly interactionId: InteractionId;
  readonly startedAt: number;
  /** Null while it runs. */
  readonly durationMs: number | null;
  readonly isPaused: boolean;
}

/** What is kept of recordings beside their sound. Implemented by `store/`; every method may reject. */
export interface RecordingRepository {
  /** On disk before the first sound is: a file nobody knows is removed at the next start. */
  begin(recording: { readonly recordingId: string; readonly interactionId: InteractionId; readonly startedAt: number }): Promise<void>;
  /** Resolves when it is on disk: a pause that was promised outlives us. */
  setPaused(recordingId: string, isPaused: boolean): Promise<void>;
  end(recordingId: string, durationMs: number): Promise<void>;
  /** With its sound: it must not have been. */
  discard(recordingId: string): Promise<void>;
  /** Whether the person on the card allows it; null when no such card is known. */
  isAllowedBy(contactId: string): Promise<boolean | null>;
  /** Of an interaction that nobody closed: what a restarted bridge goes on with, or ends. */
  readOpen(): Promise<readonly StoredRecording[]>;
}
