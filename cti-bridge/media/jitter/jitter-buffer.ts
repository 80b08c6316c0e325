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

/** A packet's sound; decoded no sooner than it is read. */
export interface Sound {
  /** In samples. */
  readonly length: number;
  /** Samples `from` to `to` of it, written to `target` from `at` on. */
  read(from: number, to: number, target: Int16Array, at: number): void;
}

interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly sound: Sound;
}

const samplesPerMs = sampleRate / 1000;
const marginMs = 10;
/** How much a frame may be shortened or lengthened: 2.5 ms in 20, hidden by a cross-fade. */
const shiftSamples = 20;
const jumpSamples = 2 * sampleRate;
const lateRunBeforeResync = 10;
const maxChunks = 256;
/** As far back as a gap is hidden from. */
const recalledSamples = 2 * frameSamples;

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
  #isUnheard = false;
  /** What is to be read for the frame: from where, and by how much it slides. */
  #from = 0;
  #shift = 0;
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
  push(timestamp: number, sound: Sound, arrivalMs: number): void {
    if (sound.length === 0) return;
    if (this.#last && Math.abs((timestamp - this.#last.raw) | 0) > jumpSamples) this.reset();
    const start = this.#last ? this.#last.extended + ((timestamp - this.#last.raw) | 0) : timestamp;
    if (!this.#last || start > this.#last.extended) this.#last = { raw: timestamp, extended: start };
    this.#transits.add(arrivalMs - start / samplesPerMs, arrivalMs);

    const end = start + sound.length;
    if (this.#cursor !== null && end <= this.#cursor) {
      this.late++;
      if (++this.#lateRun < lateRunBeforeResync) return;
      this.reset();
      this.push(timestamp, sound, arrivalMs);
      return;
    }
    this.#lateRun = 0;
    const chunks = this.#chunks;
    let at = chunks.length;
    while (at > 0 && (chunks[at - 1] as Chunk).start > start) at--;
    if (at > 0 && chunks[at - 1]?.start === start) return;
    if (at === chunks.length) chunks.push({ start, end, sound });
    else chunks.splice(at, 0, { start, end, sound });
    if (chunks.length > maxChunks) chunks.shift();
  }

  /** The next 20 ms. `dueMs` is the time this frame was meant for. */
  pull(dueMs: number): JitterFrame {
    if (this.#isUnheard) this.#recall();
    if (!this.#move(dueMs)) {
      this.#drop();
      return this.#fillIn();
    }
    const samples = this.#readFrame(this.#from, this.#shift);
    this.#drop();
    return { samples, kind: 'audio' };
  }

  /** The next 20 ms, which nobody listens to: time goes on as with `pull`, and nothing is decoded. */
  pass(dueMs: number): void {
    this.#isUnheard = true;
    this.#move(dueMs);
    this.#drop();
  }

  /** What was passed is the past that a gap is hidden with. */
  #recall(): void {
    this.#isUnheard = false;
    this.#concealment.forget();
    const now = this.#cursor;
    if (now === null) return;
    for (let from = now - recalledSamples; from < now; from += frameSamples) {
      if (this.#hasSound(from)) this.#readFrame(from, 0);
      else this.#fillIn();
    }
  }

  /** Moves the cursor on by a frame; false when there is nothing to hear. */
  #move(dueMs: number): boolean {
    if (!this.#last) return false;
    const fastest = this.#transits.min;
    const target = this.targetMs;
    const cursor = this.#cursor ?? Math.round((dueMs - fastest - target) * samplesPerMs);
    const errorMs = dueMs - cursor / samplesPerMs - fastest - target;
    const hasSound = this.#hasSound(cursor);
    const shift = this.#steer(errorMs, hasSound);
    if (hasSound && Math.abs(shift) <= shiftSamples) {
      this.#from = cursor;
      this.#shift = shift;
      this.#cursor = cursor + frameSamples + shift;
      return true;
    }
    // Nothing to hear at the cursor, or so far off that a jump is the lesser evil.
    this.#from = cursor + shift;
    this.#shift = 0;
    this.#cursor = this.#from + frameSamples;
    return this.#hasSound(this.#from);
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
    const chunks = this.#chunks;
    for (let i = 0; i < chunks.length; i++) {
      const { start, end } = chunks[i] as Chunk;
      if (start < from + frameSamples && end > from) return true;
    }
    return false;
  }

  /** Copies what is there and conceals what is not. */
  #read(target: Int16Array, from: number): void {
    const chunks = this.#chunks;
    let filled = 0;
    for (let i = 0; i < chunks.length; i++) {
      const chunk = chunks[i] as Chunk;
      const start = Math.max(0, chunk.start - from);
      const end = Math.min(target.length, chunk.end - from);
      if (end <= filled || start >= target.length) continue;
      if (start > filled) this.#concealment.fill(target, filled, start);
      const first = Math.max(start, filled);
      chunk.sound.read(from + first - chunk.start, from + end - chunk.start, target, first);
      filled = end;
    }
    if (filled < target.length) this.#concealment.fill(target, filled, target.length);
  }

  #readFrame(from: number, shift: number): Int16Array {
    const frame = new Int16Array(frameSamples);
    this.#readShifted(frame, from, shift);
    this.#concealment.remember(frame);
    return frame;
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
    // Lengthening: the frame's end repeats what was a moment earlier, so it starts from the end of the frame before.
    const wide = new Int16Array(frameSamples - shift);
    wide.set(this.#concealment.recent(-shift));
    const fresh = new Int16Array(frameSamples);
    this.#read(fresh, from);
    wide.set(fresh, -shift);
    for (let i = 0; i < frameSamples; i++) {
      const weight = i / frameSamples;
      target[i] = (wide[i - shift] ?? 0) * (1 - weight) + (wide[i] ?? 0) * weight;
    }
  }

  #drop(): void {
    const kept = (this.#cursor ?? 0) - (this.#isUnheard ? recalledSamples : 0);
    while (this.#chunks[0] && this.#chunks[0].end <= kept) this.#chunks.shift();
  }

  #fillIn(): JitterFrame {
    const samples = new Int16Array(frameSamples);
    const isFading = this.#concealment.fill(samples, 0, frameSamples);
    return { samples, kind: isFading ? 'concealed' : 'silence' };
  }
}
