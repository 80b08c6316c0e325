import type { AgentId, InteractionId } from '../../shared/ids.ts';

/**
 * Why a recording could not be begun or went no further. The call goes on in any case. `notHeard`: a far side talks in Opus, and did not come
 * back to what can be recorded.
 */
export type RecordingFailure = 'diskFull' | 'notWritable' | 'notHeard' | 'callEnded';

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
  readonly failure: Exclude<RecordingFailure, 'callEnded' | 'notHeard'> | null;
}

export interface StoredRecording {
  readonly recordingId: string;
  readonly interactionId: InteractionId;
  /** Who had the customer when it began; null: it is a message, spoken to nobody. */
  readonly agentId: AgentId | null;
  readonly startedAt: number;
  /** Null while it runs. */
  readonly durationMs: number | null;
  readonly isPaused: boolean;
}

/** A recording somebody asks for, and whether the customer is known, and one of theirs. */
export interface FoundRecording {
  readonly recording: StoredRecording;
  readonly customer: 'unknown' | 'seen' | 'unseen';
}

/** What is kept of recordings beside their sound. Implemented by `store/`; every method may reject. */
export interface RecordingRepository {
  /** On disk before the first sound is: sound that nobody knows of is removed at the next start. The same again is one action. */
  begin(recording: Pick<StoredRecording, 'recordingId' | 'interactionId' | 'agentId' | 'startedAt'>): Promise<void>;
  /** From `atMs` of the recording. Resolves when it is on disk: a pause that was promised outlives us. */
  setPaused(recordingId: string, isPaused: boolean, atMs: number): Promise<void>;
  end(recordingId: string, durationMs: number): Promise<void>;
  /** It is of this interaction from now on: one that goes on with the one it was made in. */
  belongTo(recordingId: string, interactionId: InteractionId): Promise<void>;
  /** It must not have been, or never was. Its sound is removed apart from it. */
  discard(recordingId: string): Promise<void>;
  /** Those that nobody ended, after a crash. */
  readOpen(): Promise<readonly StoredRecording[]>;
  /** As somebody sees it who sees the customers of these org units (null: all of them). */
  find(recordingId: string, scope: { readonly units: readonly string[] | null }): Promise<FoundRecording | null>;
}

/** The sound of recordings, by their ids. Implemented by `store/`. */
export interface RecordingFiles {
  /** Null when there is none. What a running one has up to now is a whole file. */
  open(recordingId: string): Promise<{ readonly bytes: number; read(from: number, to: number): AsyncIterable<Uint8Array> } | null>;
  /** Null when there is none. */
  durationMs(recordingId: string): Promise<number | null>;
  remove(recordingId: string): Promise<void>;
}
