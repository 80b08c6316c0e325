import { sampleRate } from '../codec/g711.ts';

/** `ms` of a pure tone at 8 kHz. `startSample` continues the phase of an earlier piece. */
export function tone(frequency: number, ms: number, amplitude = 8000, startSample = 0): Int16Array {
  const samples = new Int16Array(Math.round((ms * sampleRate) / 1000));
  for (let i = 0; i < samples.length; i++) {
    samples[i] = Math.round(amplitude * Math.sin((2 * Math.PI * frequency * (startSample + i)) / sampleRate));
  }
  return samples;
}

/** Adds two pieces of sound sample by sample, as long as the longer one. */
export function addTones(a: Int16Array, b: Int16Array): Int16Array {
  return Int16Array.from({ length: Math.max(a.length, b.length) }, (_, i) => Math.max(-32768, Math.min(32767, (a[i] ?? 0) + (b[i] ?? 0))));
}
