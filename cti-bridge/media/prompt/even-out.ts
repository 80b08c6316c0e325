import { loudness } from './loudness.ts';

/** What every prompt is brought to: EBU R 128's -23 LUFS, with nothing above -3 dB of full scale, so that no line clips it. */
export const promptLoudness = -23;
export const promptCeiling = Math.floor(32_767 * 10 ** (-3 / 20));

const tries = 8;
const closeEnough = 0.1;
const attackSeconds = 0.005;

/** As loud as every other prompt. What sticks out is turned down softly, a moment before and after it; null for silence. */
export function evenOut(samples: Int16Array, rate: number): Int16Array | null {
  const before = loudness(samples, rate);
  if (before === null) return null;
  let gain = promptLoudness - before;
  let evened = limited(samples, gain, rate);
  for (let round = 1; round < tries; round++) {
    const off = promptLoudness - (loudness(evened, rate) ?? before);
    if (Math.abs(off) < closeEnough) break;
    gain += off;
    evened = limited(samples, gain, rate);
  }
  return evened;
}

/** With so many decibels more, and never above the ceiling. */
function limited(samples: Int16Array, decibels: number, rate: number): Int16Array {
  const gain = 10 ** (decibels / 20);
  const reach = Math.round(attackSeconds * rate);
  const allowed = lowestAround(
    Float64Array.from(samples, (sample) => Math.min(1, promptCeiling / Math.max(1, Math.abs(sample) * gain))),
    reach,
  );
  const smooth = meanAround(allowed, reach);
  return samples.map((sample, at) => Math.max(-promptCeiling, Math.min(promptCeiling, Math.round(sample * gain * (smooth[at] ?? 1)))));
}

/** The lowest of the values within `reach` on either side, in one pass: a queue of the indices that may still be the lowest. */
function lowestAround(values: Float64Array, reach: number): Float64Array {
  const lowest = new Float64Array(values.length);
  const queue: number[] = [];
  let head = 0;
  for (let at = 0; at < values.length + reach; at++) {
    const value = values[at];
    if (value !== undefined) {
      while (queue.length > head && (values[queue.at(-1) ?? 0] ?? 0) >= value) queue.pop();
      queue.push(at);
    }
    const centre = at - reach;
    if (centre < 0) continue;
    while ((queue[head] ?? 0) < centre - reach) head++;
    lowest[centre] = values[queue[head] ?? 0] ?? 1;
  }
  return lowest;
}

function meanAround(values: Float64Array, reach: number): Float64Array {
  let sum = 0;
  let count = 0;
  const means = new Float64Array(values.length);
  for (let at = 0; at < values.length + reach; at++) {
    const added = values[at];
    if (added !== undefined) {
      sum += added;
      count++;
    }
    const dropped = values[at - 2 * reach - 1];
    if (dropped !== undefined) {
      sum -= dropped;
      count--;
    }
    if (at >= reach) means[at - reach] = sum / count;
  }
  return means;
}
