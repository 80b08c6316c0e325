import { sampleRate } from '../codec/g711.ts';

/**
 * Keys heard in the sound itself (ITU-T Q.23, Q.24): the last resort, for a far side that agreed on no telephone-event. Goertzel's algorithm
 * over blocks of 12.75 ms; a key counts when two blocks in a row have the same pair of tones and nothing else, and again only after a pause.
 *
 *              1209  1336  1477  1633 Hz
 *      697 Hz    1     2     3     A
 *      770       4     5     6     B
 *      852       7     8     9     C
 *      941       *     0     #     D
 *
 * Speech now and then has two such tones at once, but rarely them alone, at like strength and without their harmonics.
 */
const rows = [697, 770, 852, 941] as const;
const columns = [1209, 1336, 1477, 1633] as const;
const keys = ['123A', '456B', '789C', '*0#D'] as const;
const frequencies = [...rows, ...columns];

/** 102 samples: the length at which the eight frequencies lie nearest to the middle of a bin. */
const blockSamples = 102;
/** A key is pressed at least 40 ms, of which three blocks are whole whatever the phase (Q.24 table A-1); a pause is at least as long. */
const blocksToBegin = 3;
const blocksToEnd = 3;
/** About -30 dBm0: what is quieter is no key. */
const leastAmplitude = 400;
/** The higher tone may be 4 dB stronger, the lower one 8 dB (Q.24). */
const highOverLow = 10 ** (4 / 10);
const lowOverHigh = 10 ** (8 / 10);
/** Both tones together carry so much of the sound's energy. */
const leastShare = 0.82;
/** The next strongest of the same group is so much weaker, in power. */
const leastLead = 10;
/** A second harmonic as strong as this share of its tone is a voice. */
const mostHarmonic = 0.1;

export interface HeardKey {
  readonly digit: string;
  readonly durationMs: number;
}

export class ToneDigits {
  readonly #block = new Int16Array(blockSamples);
  #filled = 0;
  #candidate: { digit: string; blocks: number } | null = null;
  #pressed: { digit: string; blocks: number; missing: number } | null = null;

  /** Keys that were let go in this piece of sound. Pieces follow each other; what is missing is given as silence. */
  hear(samples: Int16Array): HeardKey[] {
    const heard: HeardKey[] = [];
    for (const sample of samples) {
      this.#block[this.#filled++] = sample;
      if (this.#filled < blockSamples) continue;
      this.#filled = 0;
      const key = this.#judge(keyOf(this.#block));
      if (key) heard.push(key);
    }
    return heard;
  }

  #judge(digit: string | null): HeardKey | null {
    if (this.#pressed) {
      if (digit === this.#pressed.digit) {
        this.#pressed.blocks += 1 + this.#pressed.missing;
        this.#pressed.missing = 0;
        return null;
      }
      if (++this.#pressed.missing < blocksToEnd) return null;
      const { digit: released, blocks } = this.#pressed;
      this.#pressed = null;
      this.#candidate = null;
      return { digit: released, durationMs: Math.round((blocks * blockSamples * 1000) / sampleRate) };
    }
    if (digit === null) this.#candidate = null;
    else if (this.#candidate?.digit === digit) this.#candidate.blocks++;
    else this.#candidate = { digit, blocks: 1 };
    if (this.#candidate && this.#candidate.blocks >= blocksToBegin)
      this.#pressed = { digit: this.#candidate.digit, blocks: this.#candidate.blocks, missing: 0 };
    return null;
  }
}

function keyOf(block: Int16Array): string | null {
  let energy = 0;
  for (const sample of block) energy += sample * sample;
  if (energy < (blockSamples * leastAmplitude * leastAmplitude) / 2) return null;
  const powers = frequencies.map((frequency) => power(block, frequency));
  const row = strongest(powers, 0);
  const column = strongest(powers, 4);
  const [low = 0, high = 0] = [powers[row], powers[4 + column]];
  if (high > low * highOverLow || low > high * lowOverHigh) return null;
  for (let i = 0; i < 8; i++) if (i !== row && i !== 4 + column && (powers[i] ?? 0) * leastLead > (i < 4 ? low : high)) return null;
  // A sine of amplitude a has the energy n * a^2 / 2 and, by Goertzel over n samples, the power (n * a / 2)^2.
  if ((2 * (low + high)) / blockSamples < leastShare * energy) return null;
  const [lowTone = 0, highTone = 0] = [rows[row], columns[column]];
  // Where the lower tone's harmonic lies beside the higher tone, it cannot be told from it.
  if (Math.abs(2 * lowTone - highTone) > 150 && power(block, 2 * lowTone) > mostHarmonic * low) return null;
  if (power(block, 2 * highTone) > mostHarmonic * high) return null;
  return keys[row]?.[column] ?? null;
}

function strongest(powers: readonly number[], from: number): number {
  let best = 0;
  for (let i = 1; i < 4; i++) if ((powers[from + i] ?? 0) > (powers[from + best] ?? 0)) best = i;
  return best;
}

function power(block: Int16Array, frequency: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let previous = 0;
  let before = 0;
  for (const sample of block) {
    const current = sample + coefficient * previous - before;
    before = previous;
    previous = current;
  }
  return previous * previous + before * before - coefficient * previous * before;
}
