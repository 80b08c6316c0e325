import { sampleRate } from '../codec/g711.ts';

/**
 * How strong one frequency is in a piece of sound, as the amplitude of the sine that would explain it (Goertzel's algorithm). Give it at
 * least 50 ms: the resolution is 1 / duration.
 */
export function toneAmplitude(samples: Int16Array, frequency: number, rate: number = sampleRate): number {
  if (samples.length === 0) return 0;
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / rate);
  let previous = 0;
  let beforePrevious = 0;
  // A Hann window keeps a loud neighbour from leaking into this frequency.
  const step = (2 * Math.PI) / samples.length;
  for (let i = 0; i < samples.length; i++) {
    const current = (samples[i] ?? 0) * (0.5 - 0.5 * Math.cos(step * i)) + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
  }
  const power = previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious;
  return (4 * Math.sqrt(Math.max(0, power))) / samples.length;
}

export function rootMeanSquare(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/**
 * Listens to a stream for frequencies over the last `windowMs`. A tone counts as heard above amplitude 300 (about -41 dB of full scale) when it
 * carries at least a tenth of the sound's strength.
 */
export class ToneListener {
  readonly #window: Int16Array;
  #filled = 0;

  constructor(windowMs = 200) {
    this.#window = new Int16Array(Math.round((windowMs * sampleRate) / 1000));
  }

  hear(samples: Int16Array): void {
    const size = this.#window.length;
    const fresh = samples.length > size ? samples.subarray(samples.length - size) : samples;
    this.#window.copyWithin(0, fresh.length);
    this.#window.set(fresh, size - fresh.length);
    this.#filled = Math.min(size, this.#filled + fresh.length);
  }

  /** Nothing is heard before a whole window came in. */
  get isFull(): boolean {
    return this.#filled === this.#window.length;
  }

  amplitude(frequency: number): number {
    return this.isFull ? toneAmplitude(this.#window, frequency) : 0;
  }

  hears(frequency: number): boolean {
    const amplitude = this.amplitude(frequency);
    return amplitude > 300 && amplitude > rootMeanSquare(this.#window) * 0.1;
  }

  get isSilent(): boolean {
    return this.isFull && rootMeanSquare(this.#window) < 50;
  }

  forget(): void {
    this.#filled = 0;
  }
}
