import { frameSamples } from '../codec/g711.ts';

/** Adds frames, held at the limits of 16 bits. One frame is returned as it is; none is silence. */
export function mix(frames: readonly Int16Array[]): Int16Array {
  const [first] = frames;
  if (!first) return new Int16Array(frameSamples);
  if (frames.length === 1) return first;
  const sum = new Int16Array(frameSamples);
  for (let i = 0; i < frameSamples; i++) {
    let value = 0;
    for (const frame of frames) value += frame[i] ?? 0;
    sum[i] = value > 32767 ? 32767 : value < -32768 ? -32768 : value;
  }
  return sum;
}
