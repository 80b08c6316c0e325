import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { readWav, rootMeanSquare, tone, toneAmplitude, writeWav } from '../../cti-bridge/media/index.ts';

/** A WAV file with a pure tone; 48 kHz for Chromium's fake microphone, 8 kHz for telephones. */
export function writeToneFile(path: string, frequency: number, ms: number, rate = 8_000): string {
  const samples = new Int16Array(Math.round((ms * rate) / 1_000));
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round(8_000 * Math.sin((2 * Math.PI * frequency * i) / rate));
  writeFileSync(path, writeWav(samples, rate));
  return path;
}

/** Reads any WAV as one channel (the first, unless another is asked for) at its own rate. */
export function readChannel(path: string, channel = 0): { readonly samples: Int16Array; readonly rate: number } {
  const wav = readWav(readFileSync(path));
  if (!wav.ok) throw new Error(`${path}: ${wav.error}`);
  const { samples, channels, rate } = wav.value;
  return {
    samples: Int16Array.from({ length: Math.floor(samples.length / channels) }, (_, i) => samples[i * channels + channel] ?? 0),
    rate,
  };
}

/** The longest stretch, in ms, in which this frequency carries the sound, looked at in steps of 100 ms. */
export function msOfTone(samples: Int16Array, frequency: number, rate = 8_000): number {
  const step = Math.round(rate / 10);
  let longest = 0;
  let current = 0;
  for (let start = 0; start + step <= samples.length; start += step) {
    const piece = samples.subarray(start, start + step);
    const amplitude = toneAmplitude(piece, frequency, rate);
    current = amplitude > 300 && amplitude > rootMeanSquare(piece) * 0.2 ? current + 100 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** Throws, saying what was heard instead, unless the frequency is there for `ms` without a break. */
export function expectTone(samples: Int16Array, frequency: number, ms = 500, rate = 8_000): void {
  const heard = msOfTone(samples, frequency, rate);
  if (heard >= ms) return;
  const seconds = (samples.length / rate).toFixed(1);
  const others = [200, 300, 425, 440, 600, 700, 800, 880, 1_000, 1_200].filter((other) => msOfTone(samples, other, rate) >= 300);
  throw new Error(
    `expected ${frequency} Hz for ${ms} ms, heard it for ${heard} ms in ${seconds} s of sound; other tones: ${others.join(', ') || 'none'} Hz, level ${Math.round(rootMeanSquare(samples))}`,
  );
}

export function expectNoTone(samples: Int16Array, frequency: number, rate = 8_000): void {
  const heard = msOfTone(samples, frequency, rate);
  if (heard > 0) throw new Error(`expected no ${frequency} Hz, heard it for ${heard} ms`);
}

/** Something like a sentence: syllables of changing pitch with pauses between, for where a caller should be heard saying something. */
export function babble(seconds: number): Int16Array {
  const samples = new Int16Array(seconds * 8_000);
  let seed = 7;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  for (let at = 0; at < samples.length; ) {
    const length = Math.round((0.09 + random() * 0.16) * 8_000);
    const pitch = 110 + random() * 60;
    const formants = [350 + random() * 500, 1_000 + random() * 1_200];
    for (let i = 0; i < length && at + i < samples.length; i++) {
      const envelope = Math.sin((Math.PI * i) / length);
      let value = 0;
      for (let harmonic = 1; harmonic <= 18; harmonic++) {
        const frequency = pitch * harmonic;
        const weight = formants.reduce((sum, formant) => sum + 1 / (1 + ((frequency - formant) / 130) ** 2), 0.03);
        value += weight * Math.sin((2 * Math.PI * frequency * i) / 8_000 + harmonic);
      }
      samples[at + i] = Math.round(2_600 * envelope * value);
    }
    at += length + Math.round((random() < 0.2 ? 0.3 : 0.03) * 8_000);
  }
  return samples;
}

/** A spoken sentence at 8 kHz where espeak-ng is installed, else babble. */
export async function speech(text: string): Promise<Int16Array> {
  try {
    const { stdout } = await promisify(execFile)('espeak-ng', ['-v', 'en', '--stdout', text], {
      encoding: 'buffer',
      timeout: 5_000,
      maxBuffer: 20_000_000,
    });
    const wav = readWav(stdout);
    if (wav.ok && wav.value.channels === 1) return resample(wav.value.samples, wav.value.rate, 8_000);
  } catch {
    // not installed: the voice below needs nothing
  }
  return babble(4);
}

/** Linear interpolation after a moving average: good enough for a voice in a test. */
export function resample(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return samples;
  const span = Math.max(1, Math.round(from / to));
  const result = new Int16Array(Math.floor((samples.length * to) / from));
  for (let i = 0; i < result.length; i++) {
    const centre = Math.round((i * from) / to);
    let sum = 0;
    for (let k = 0; k < span; k++) sum += samples[centre + k] ?? 0;
    result[i] = Math.round(sum / span);
  }
  return result;
}

export { tone };
