import type { Law } from '../../../cti-bridge/media/index.ts';
import { frameMs, rootMeanSquare, ToneListener, toneAmplitude, writeWav } from '../../../cti-bridge/media/index.ts';
import type { Journal } from './journal.ts';
import type { KnownSounds } from './known-sounds.ts';

const evaluateEveryFrames = 5;
const windowFrames = 20;
/** Pauses between words are shorter than this. */
const silenceMs = 700;
const longestRecordingMs = 10 * 60_000;

/**
 * What a scripted phone hears, recognised as it comes: silence, a tone and its frequency, a recording by its name, or a voice that is none
 * of these. Each change is noted in the journal as `hears ...`; tests wait for those, or for a frequency, always with a limit.
 */
export class Ears {
  readonly journal: Journal;
  readonly #known: KnownSounds | null;
  readonly #law: () => Law;
  readonly #frames: Int16Array[] = [];
  readonly #recording: Int16Array[] = [];
  readonly #waiting = new Set<() => boolean>();
  readonly #listener = new ToneListener(200);
  #count = 0;
  #quietMs = 0;
  #hearing = 'nothing yet';
  #candidate = '';
  #lastArrival = 0;

  constructor(journal: Journal, known: KnownSounds | null, law: () => Law = () => 'PCMU') {
    this.journal = journal;
    this.#known = known;
    this.#law = law;
  }

  /** What is heard now: `silence`, `music`, `prompt en/welcome`, `ringback`, `tone 440 Hz`, `a voice`. */
  get hearing(): string {
    return this.#hearing;
  }

  /** Everything heard so far, 8 kHz mono. */
  recording(): Int16Array {
    const all = new Int16Array(this.#recording.reduce((sum, frame) => sum + frame.length, 0));
    let at = 0;
    for (const frame of this.#recording) {
      all.set(frame, at);
      at += frame.length;
    }
    return all;
  }

  recordingAsWav(): Buffer {
    return writeWav(this.recording());
  }

  /** A frame arrived. */
  hear(frame: Int16Array): void {
    this.#lastArrival = performance.now();
    this.#take(frame);
  }

  /** Called every 20 ms by the phone: where no packet comes, silence is heard. */
  tick(): void {
    if (performance.now() - this.#lastArrival > 100) this.#take(new Int16Array(160));
  }

  /** Hears this frequency, among whatever else, for at least 200 ms. */
  tone(frequency: number, limitMs = 3_000): Promise<void> {
    return this.#until(() => this.#listener.hears(frequency), `to hear ${frequency} Hz`, limitMs);
  }

  /** Does not hear this frequency any more. */
  noTone(frequency: number, limitMs = 3_000): Promise<void> {
    return this.#until(() => this.#listener.isFull && !this.#listener.hears(frequency), `not to hear ${frequency} Hz`, limitMs);
  }

  isHearingTone(frequency: number): boolean {
    return this.#listener.hears(frequency);
  }

  silence(limitMs = 3_000): Promise<void> {
    return this.#until(() => this.#listener.isSilent, 'for silence', limitMs);
  }

  prompt(name: string, limitMs = 5_000): Promise<void> {
    return this.#sound(name.includes('/') ? `prompt ${name}` : new RegExp(`^prompt .*/${name}$`), limitMs);
  }

  music(limitMs = 5_000): Promise<void> {
    return this.#sound('music', limitMs);
  }

  ringback(limitMs = 8_000): Promise<void> {
    return this.#sound('ringback', limitMs);
  }

  voice(limitMs = 5_000): Promise<void> {
    return this.#sound('a voice', limitMs);
  }

  #sound(label: string | RegExp, limitMs: number): Promise<void> {
    const matches = (hearing: string) => (typeof label === 'string' ? hearing === label : label.test(hearing));
    return this.#until(() => matches(this.#hearing), `to hear ${String(label)}`, limitMs);
  }

  #until(isSo: () => boolean, what: string, limitMs: number): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        const loudest = dominantTone(this.#window(200));
        const now = `now ${this.#hearing}, level ${Math.round(rootMeanSquare(this.#window(200)))}, strongest ${loudest.frequency} Hz`;
        reject(new Error(`${this.journal.name}: waited ${limitMs} ms ${what}; ${now}. So far:\n${this.journal.toString()}`));
      }, limitMs);
      const check = () => {
        if (!isSo()) return false;
        clearTimeout(timer);
        resolve();
        return true;
      };
      this.#waiting.add(check);
    });
  }

  #take(frame: Int16Array): void {
    this.#frames.push(frame);
    if (this.#frames.length > windowFrames) this.#frames.shift();
    if (this.#recording.length * frameMs < longestRecordingMs) this.#recording.push(frame);
    this.#listener.hear(frame);
    this.#quietMs = rootMeanSquare(frame) < 50 ? this.#quietMs + frameMs : 0;
    if (++this.#count % evaluateEveryFrames === 0) this.#recognise();
    for (const check of [...this.#waiting]) if (check()) this.#waiting.delete(check);
  }

  /** A new sound counts when it was recognised twice running, so that a boundary between two is not taken for a third. */
  #recognise(): void {
    const now = this.#classify();
    if (now === null || now === this.#hearing) {
      this.#candidate = '';
      return;
    }
    if (now !== this.#candidate && now !== 'silence') {
      this.#candidate = now;
      return;
    }
    this.#candidate = '';
    this.#hearing = now;
    this.journal.note(`hears ${now}`);
  }

  /** Null when it is too early to say. */
  #classify(): string | null {
    if (this.#quietMs >= silenceMs || (this.#quietMs >= 200 && this.#hearing === 'nothing yet')) return 'silence';
    const window = this.#window(300);
    if (window.length < 2_400 || this.#quietMs > 100) return null;
    const named = this.#known?.name(this.#law(), window) ?? null;
    if (named !== null) return named;
    const loudest = dominantTone(this.#window(200));
    if (loudest.share > 0.8) return `tone ${loudest.frequency} Hz`;
    // A recording stays what it was through a moment too plain to recognise.
    if (this.#hearing.startsWith('prompt') || this.#hearing === 'music' || this.#hearing === 'ringback') return this.#secondLook();
    return 'a voice';
  }

  #secondLook(): string | null {
    const longer = this.#window(windowFrames * frameMs);
    const named = this.#known?.name(this.#law(), longer) ?? null;
    return named ?? 'a voice';
  }

  #window(ms: number): Int16Array {
    const frames = this.#frames.slice(-Math.round(ms / frameMs));
    const window = new Int16Array(frames.reduce((sum, frame) => sum + frame.length, 0));
    let at = 0;
    for (const frame of frames) {
      window.set(frame, at);
      at += frame.length;
    }
    return window;
  }
}

/** The strongest frequency, to 5 Hz, and the share of the sound's power it explains. Give it 200 ms. */
export function dominantTone(samples: Int16Array): { readonly frequency: number; readonly share: number } {
  const level = rootMeanSquare(samples);
  if (level < 50) return { frequency: 0, share: 0 };
  let best = { frequency: 0, amplitude: 0 };
  const look = (piece: Int16Array, frequency: number) => {
    const amplitude = toneAmplitude(piece, frequency);
    if (amplitude > best.amplitude) best = { frequency, amplitude };
  };
  // Coarsely in a short piece, whose resolution is as coarse, then finely in all of it.
  const short = samples.subarray(0, 640);
  for (let frequency = 200; frequency <= 3_400; frequency += 20) look(short, frequency);
  const around = best.frequency;
  best = { frequency: around, amplitude: 0 };
  for (let frequency = around - 20; frequency <= around + 20; frequency += 5) look(samples, frequency);
  // A sine of amplitude A has a root mean square of A / sqrt(2).
  return { frequency: best.frequency, share: Math.min(1, (best.amplitude / Math.SQRT2 / level) ** 2) };
}
