import { encodeG711, frameMs, frameSamples, sampleRate } from '../codec/g711.ts';
import type { BlockFile } from './recording-file.ts';
import { channels } from './recording-header.ts';

/** What a kill of the worker may take of a recording. */
const blockMs = 1000;
const blockBytes = ((blockMs * sampleRate) / 1000) * channels;
const silence = new Int16Array(frameSamples);

/** From and to in ms since this part of the recording began. */
export interface RecordingPause {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One recording of a call: a frame of each channel every 20 ms, gathered to blocks. Paused, it goes on with silence, so that its time stays the call's. */
export class Recording {
  readonly recordingId: string;
  readonly #file: BlockFile;
  readonly #pauses: RecordingPause[] = [];
  #block: Buffer = Buffer.allocUnsafe(blockBytes);
  #filled = 0;
  #frames = 0;
  #pausedFrom: number | null;

  constructor(recordingId: string, file: BlockFile, isPaused: boolean) {
    this.recordingId = recordingId;
    this.#file = file;
    this.#pausedFrom = isPaused ? 0 : null;
  }

  get isPaused(): boolean {
    return this.#pausedFrom !== null;
  }

  get durationMs(): number {
    return this.#frames * frameMs;
  }

  get pauses(): readonly RecordingPause[] {
    return this.#pausedFrom === null ? this.#pauses : [...this.#pauses, { fromMs: this.#pausedFrom, toMs: this.durationMs }];
  }

  pause(): void {
    this.#pausedFrom ??= this.durationMs;
  }

  resume(): void {
    if (this.#pausedFrom === null) return;
    this.#pauses.push({ fromMs: this.#pausedFrom, toMs: this.durationMs });
    this.#pausedFrom = null;
  }

  add(left: Int16Array, right: Int16Array): void {
    const [first, second] = this.isPaused ? [silence, silence] : [left, right];
    const leftBytes = encodeG711(this.#file.law, first);
    const rightBytes = encodeG711(this.#file.law, second);
    for (let i = 0; i < frameSamples; i++) {
      this.#block[this.#filled++] = leftBytes[i] ?? 0;
      this.#block[this.#filled++] = rightBytes[i] ?? 0;
    }
    this.#frames++;
    if (this.#filled === blockBytes) this.#hand();
  }

  /** Frames in which the process stood still. */
  skip(frames: number): void {
    for (let i = 0; i < frames; i++) this.add(silence, silence);
  }

  async stop(): Promise<void> {
    this.#hand();
    await this.#file.close();
  }

  #hand(): void {
    if (this.#filled === 0) return;
    this.#file.append(this.#block.subarray(0, this.#filled));
    this.#block = Buffer.allocUnsafe(blockBytes);
    this.#filled = 0;
  }
}
