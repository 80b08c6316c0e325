import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWav } from '../../cti-bridge/media/index.ts';
import type { Spoken } from './prompts.ts';

const rate = 8000;
const voices = {
  en: ['-v', 'en-gb-x-rp+f2', '-s', '158', '-p', '46', '-g', '1'],
  zh: ['-v', 'cmn-latn-pinyin+f2', '-s', '172', '-p', '46', '-g', '1'],
};
/** Loudness of speech where there is any: -20 dB of full scale, the level telephone equipment expects. */
const targetRms = 3277;
const peakLimit = 23_000;
/** Seconds. */
const usualBreath = { before: 0.12, after: 0.2 };

/** Says the parts one after the other, at telephone bandwidth, equally loud, with a breath before and after. */
export function speak(parts: readonly Spoken[], breath: { readonly before: number; readonly after: number } = usualBreath): Int16Array {
  const pieces: Int16Array[] = [silence(breath.before)];
  for (const part of parts) pieces.push(even(synthesise(part)), silence(part === parts.at(-1) ? breath.after : 0.32));
  const sound = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    sound.set(piece, at);
    at += piece.length;
  }
  return sound;
}

function synthesise(part: Spoken): Int16Array {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-speech-'));
  try {
    const [raw, clean] = [join(folder, 'raw.wav'), join(folder, 'clean.wav')];
    execFileSync('espeak-ng', [...voices[part.voice], '-w', raw, part.pinyin ?? part.text]);
    // A gentle compression: quiet consonants come up, so that they survive a bad line.
    const compress = ['compand', '0.005,0.12', '6:-60,-40,-20,-12,0,-6', '-4'];
    const band = ['vol', '0.6', 'highpass', '180', 'lowpass', '3500', ...compress, 'rate', '-h', String(rate)];
    const trimEnd = ['reverse', 'silence', '1', '0.01', '0.5%', 'fade', 't', '0.03', 'reverse'];
    const trimStart = ['silence', '1', '0.01', '0.5%', 'fade', 't', '0.01'];
    // -R: the same noise of rounding at every run, so that unchanged prompts give unchanged files.
    execFileSync('sox', ['-R', raw, '-b', '16', '-c', '1', clean, ...band, ...trimEnd, ...trimStart]);
    const wav = readWav(readFileSync(clean));
    if (!wav.ok) throw new Error(`${part.text}: ${wav.error}`);
    return wav.value.samples;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Brings speech to the target loudness, measured over its loud half second windows so that pauses do not count. */
function even(samples: Int16Array): Int16Array {
  const window = rate / 20;
  const levels: number[] = [];
  for (let at = 0; at + window <= samples.length; at += window) levels.push(power(samples.subarray(at, at + window)));
  levels.sort((a, b) => b - a);
  const loud = levels.slice(0, Math.max(1, Math.ceil(levels.length * 0.6)));
  const rms = Math.sqrt(loud.reduce((sum, level) => sum + level, 0) / loud.length);
  const gain = targetRms / Math.max(rms, 1);
  return samples.map((sample) => Math.round(peakLimit * Math.tanh((sample * gain) / peakLimit)));
}

function power(samples: Int16Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}

function silence(seconds: number): Int16Array {
  return new Int16Array(Math.round(seconds * rate));
}
