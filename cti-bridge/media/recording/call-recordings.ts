import type { Law } from '../codec/g711.ts';
import { mix } from '../mixer/mix.ts';
import { Recording, type RecordingPause } from './recording.ts';
import type { BlockFile } from './recording-file.ts';

/** What a recording takes from a leg, frame by frame. */
export interface RecordedLeg {
  /** What its far side said in this frame; silence while its keys are masked. */
  readonly recorded: Int16Array;
  /** What its far side was sent in this frame. */
  readonly spoken: Int16Array;
  readonly law: Law | null;
}

export interface RecordingTerms {
  readonly recordingId: string;
  readonly left: readonly string[];
  readonly right: readonly string[] | 'asHeard';
  readonly isPaused: boolean;
}

/** The recordings of one call and which legs they listen to; a leg that is not there, or not any more, is silent. */
export class CallRecordings {
  readonly #legs: (legId: string) => RecordedLeg | undefined;
  readonly #running = new Map<string, { readonly recording: Recording; readonly terms: RecordingTerms }>();

  constructor(legs: (legId: string) => RecordedLeg | undefined) {
    this.#legs = legs;
  }

  /** The law the customer's sound comes in, which a recording keeps. */
  lawFor(left: readonly string[]): Law {
    return this.#found(left).find((leg) => leg.law !== null)?.law ?? 'PCMA';
  }

  has(recordingId: string): boolean {
    return this.#running.has(recordingId);
  }

  start(terms: RecordingTerms, file: BlockFile): void {
    this.#running.set(terms.recordingId, { recording: new Recording(terms.recordingId, file, terms.isPaused), terms });
  }

  pause(recordingId: string): void {
    this.#running.get(recordingId)?.recording.pause();
  }

  resume(recordingId: string): void {
    this.#running.get(recordingId)?.recording.resume();
  }

  /** Null when there is no such recording. */
  async stop(recordingId: string): Promise<{ durationMs: number; pauses: readonly RecordingPause[] } | null> {
    const recording = this.#running.get(recordingId)?.recording;
    if (!recording) return null;
    this.#running.delete(recordingId);
    const { durationMs, pauses } = recording;
    await recording.stop();
    return { durationMs, pauses };
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((recordingId) => this.stop(recordingId)));
  }

  /** Once per frame, after everybody was listened and spoken to. */
  tick(): void {
    for (const { recording, terms } of this.#running.values()) {
      const left = this.#found(terms.left);
      const right = terms.right === 'asHeard' ? left.map((leg) => leg.spoken) : this.#found(terms.right).map((leg) => leg.recorded);
      recording.add(mix(left.map((leg) => leg.recorded)), mix(right));
    }
  }

  skip(frames: number): void {
    for (const { recording } of this.#running.values()) recording.skip(frames);
  }

  #found(legIds: readonly string[]): RecordedLeg[] {
    return legIds.flatMap((legId) => this.#legs(legId) ?? []);
  }
}
