import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { sampleRate } from '../codec/g711.ts';
import { evenOut } from './even-out.ts';
import { resample } from './resample.ts';
import { readWav, type Wav, writeWav } from './wav.ts';

/** Why a sound cannot become a prompt. `unreadable`: not WAV as we take it; 16-bit PCM or G.711, 8 to 48 kHz, one or two channels. */
export type PromptFault = 'unreadable' | 'tooShort' | 'tooLong' | 'silent' | 'clipped';

export interface PreparedPrompt {
  /** WAV at 8 kHz, one channel, 16 bit. */
  readonly wav: Uint8Array;
  readonly durationMs: number;
}

const longestSeconds = 300;
const shortestSeconds = 0.1;
/** So many samples in a row at full scale are no peak but a cut one. */
const cutRun = 4;
/** The part of a sound that may be cut before it is heard as noise. */
const cutShare = 0.002;
/** 16-bit files that were louder in the making are cut a little below full scale. */
const fullScale = 32_700;

/** What a person uploaded or recorded, or a program spoke, as callers will hear it. */
export function preparePrompt(bytes: Buffer): Result<PreparedPrompt, PromptFault> {
  const read = readWav(bytes);
  if (!read.ok) return err('unreadable');
  const { rate, channels, samples } = read.value;
  if (rate < 8_000 || rate > 48_000 || channels < 1 || channels > 2) return err('unreadable');
  const seconds = samples.length / channels / rate;
  if (seconds > longestSeconds) return err('tooLong');
  if (seconds < shortestSeconds) return err('tooShort');
  if (isClipped(read.value)) return err('clipped');
  const evened = evenOut(resample(channels === 1 ? samples : mixedDown(samples), rate, sampleRate), sampleRate);
  if (!evened) return err('silent');
  return ok({ wav: writeWav(evened), durationMs: Math.round((evened.length / sampleRate) * 1_000) });
}

function isClipped({ samples, channels }: Wav): boolean {
  let cut = 0;
  for (let channel = 0; channel < channels; channel++) {
    let run = 0;
    for (let at = channel; at < samples.length; at += channels) {
      run = Math.abs(samples[at] ?? 0) >= fullScale ? run + 1 : 0;
      if (run === cutRun) cut += cutRun;
      else if (run > cutRun) cut++;
    }
  }
  return cut > samples.length * cutShare;
}

function mixedDown(samples: Int16Array): Int16Array {
  return Int16Array.from({ length: samples.length >> 1 }, (_, at) => ((samples[2 * at] ?? 0) + (samples[2 * at + 1] ?? 0)) / 2);
}
