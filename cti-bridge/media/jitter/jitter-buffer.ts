import { frameMs, frameSamples, sampleRate } from '../codec/g711.ts';
import { Concealment } from './concealment.ts';
import { TransitWindow } from './transit-window.ts';

export interface JitterFrame {
  readonly samples: Int16Array;
  /** `audio` has at least one sample that really came; `concealed` repeats the past; `silence` is made up. */
  readonly kind: 'audio' | 'concealed' | 'silence';
}

export interface JitterSettings {
  readonly startDepthMs: number;
  readonly maxDepthMs: number;
}

interface Chunk {
  readonly start: number;
  readonly samples: Int16Array;
}

const samplesPerMs = sampleRate / 1000;
const marginMs = 10;
/** How much a frame may be shortened or lengthened: 2.5 ms in 20, hidden by a cross-fade. */
const shiftSamples = 20;
const jumpSamples = 2 * sampleRate;
const lateRunBeforeResync = 10;
const maxChunks = 256;

/**
 * Turns packets that come unevenly into frames of 20 ms that come evenly.
 *
 *      write here (packets, by their timestamp)          read here (`pull`, every 20 ms)
 *      ──────────────────────────────────────────────────────────►
 *        newest                                   cursor
 *            └────────── lag: what waits ───────────┘
 *
 * `lag` is how far the cursor runs behind the fastest packet of the last seconds. It is steered to a target: one frame, plus the spread of
 * transit times, plus a margin, between start and maximum depth. Steering is by small cross-faded shifts while somebody speaks (which also
 * follows a far clock that is fast or slow) and by plain jumps where there is only silence.
 *
 * Pure: time comes in as arguments, on one scale for `push` and `pull`.
 */
export class JitterBuffer {
  readonly #settings: JitterSettings;
  readonly #transits = new TransitWindow();
  readonly #concealment = new Concealment();
  #chunks: Chunk[] = [];
  #last: { raw: number; extended: number } | null = null;
  #cursor: number | null = null;
  #lateRun = 0;
  #isSteering = false;
  readonly #tail = new Int16Array(shiftSamples);
  /** Packets that came after their turn. */
  late = 0;

  constructor(settings: JitterSettings = { startDepthMs: 40, maxDepthMs: 200 }) {
    this.#settings = settings;
    this.#concealment.forget();
  }

  get targetMs(): number {
    return Math.min(this.#settings.maxDepthMs, Math.max(this.#settings.startDepthMs, frameMs + this.#transits.spread + marginMs));
  }

  /** Starts over: another source, or a stream that made no sense any more. What was heard fades out by itself. */
  reset(): void {
    this.#chunks = [];
    this.#last = null;
    this.#cursor = null;
    this.#lateRun = 0;
    this.#isSteering = false;
    this.#transits.clear();
  }

  /** One packet's sound, in any order. The caller has dropped duplicates by sequence number; overlapping ones are dropped here. */
  push(timestamp: number, samples: Int16Array, arrivalMs: number): void {
    if (samples.length === 0) return;
    if (this.#last && Math.abs((timestamp - this.#last.raw) | 0) > jumpSamples) this.reset();
    const start = this.#last ? this.#last.extended + ((timestamp - this.#last.raw) | 0) : timestamp;
    if (!this.#last || start > this.#last.extended) this.#last = { raw: timestamp, extended: start };
    this.#transits.add(arrivalMs - start / samplesPerMs, arrivalMs);

    if (this.#cursor !== null && start + samples.length <= this.#cursor) {
      this.late++;
      if (++this.#lateRun < lateRunBeforeResync) return;
      this.reset();
      this.push(timestamp, samples, arrivalMs);
      return;
    }
    this.#lateRun = 0;
    let at = this.#chunks.length;
    while (at > 0 && (this.#chunks[at - 1]?.start ?? 0) > start) at--;
    if (this.#chunks[at - 1]?.start === start) return;
    this.#chunks.splice(at, 0, { start, samples });
    if (this.#chunks.length > maxChunks) this.#chunks.shift();
  }

  /** The next 20 ms. `dueMs` is the time this frame was meant for. */
  pull(dueMs: number): JitterFrame {
    const newest = this.#last;
    if (!newest) return this.#fillIn();
    if (this.#cursor === null) this.#cursor = Math.round((dueMs - this.#transits.min - this.targetMs) * samplesPerMs);
    const errorMs = dueMs - this.#cursor / samplesPerMs - this.#transits.min - this.targetMs;
    const hasSound = this.#hasSound(this.#cursor);
    const shift = this.#steer(errorMs, hasSound);

    const frame = new Int16Array(frameSamples);
    if (!hasSound || Math.abs(shift) > shiftSamples) {
      // Nothing to hear at the cursor, or so far off that a jump is the lesser evil.
      this.#cursor += shift;
      if (!this.#hasSound(this.#cursor)) {
        this.#cursor += frameSamples;
        this.#drop();
        return this.#fillIn();
      }
      this.#read(frame, this.#cursor);
      this.#cursor += frameSamples;
    } else {
      this.#readShifted(frame, this.#cursor, shift);
      this.#cursor += frameSamples + shift;
    }
    this.#concealment.remember(frame);
    this.#tail.set(frame.subarray(frameSamples - shiftSamples));
    this.#drop();
    return { samples: frame, kind: 'audio' };
  }

  /** By how many samples the cursor should move beyond the usual frame. */
  #steer(errorMs: number, hasSound: boolean): number {
    const size = Math.abs(errorMs);
    this.#isSteering = this.#isSteering ? size > shiftSamples / samplesPerMs : size > marginMs;
    if (!this.#isSteering) return 0;
    if (!hasSound || size > this.#settings.maxDepthMs) return Math.round(errorMs * samplesPerMs);
    return Math.sign(errorMs) * shiftSamples;
  }

  #hasSound(from: number): boolean {
    return this.#chunks.some((chunk) => chunk.start < from + frameSamples && chunk.start + chunk.samples.length > from);
  }

  /** Copies what is there and conceals what is not. */
  #read(target: Int16Array, from: number): void {
    let filled = 0;
    for (const chunk of this.#chunks) {
      const start = Math.max(0, chunk.start - from);
      const end = Math.min(target.length, chunk.start + chunk.samples.length - from);
      if (end <= filled || start >= target.length) continue;
      if (start > filled) this.#concealment.fill(target, filled, start);
      const first = Math.max(start, filled);
      target.set(chunk.samples.subarray(from + first - chunk.start, from + end - chunk.start), first);
      filled = end;
    }
    if (filled < target.length) this.#concealment.fill(target, filled, target.length);
  }

  /** Reads a frame that slides by `shift` samples from its beginning to its end. */
  #readShifted(target: Int16Array, from: number, shift: number): void {
    if (shift === 0) return this.#read(target, from);
    if (shift > 0) {
      const wide = new Int16Array(frameSamples + shift);
      this.#read(wide, from);
      for (let i = 0; i < frameSamples; i++) {
        const weight = i / frameSamples;
        target[i] = (wide[i] ?? 0) * (1 - weight) + (wide[i + shift] ?? 0) * weight;
      }
      return;
    }
    // Lengthening: the frame's end repeats what was a moment earlier, so it starts from the tail of the frame before.
    const wide = new Int16Array(frameSamples - shift);
    wide.set(this.#tail.subarray(shiftSamples + shift));
    const fresh = new Int16Array(frameSamples);
    this.#read(fresh, from);
    wide.set(fresh, -shift);
    for (let i = 0; i < frameSamples; i++) {
      const weight = i / frameSamples;
      target[i] = (wide[i - shift] ?? 0) * (1 - weight) + (wide[i] ?? 0) * weight;
    }
  }

  #drop(): void {
    const cursor = this.#cursor ?? 0;
    while (this.#chunks[0] && this.#chunks[0].start + this.#chunks[0].samples.length <= cursor) this.#chunks.shift();
  }

  #fillIn(): JitterFrame {
    const samples = new Int16Array(frameSamples);
    const isFading = this.#concealment.fill(samples, 0, frameSamples);
    return { samples, kind: isFading ? 'concealed' : 'silence' };
  }
}
