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
type Four = readonly [number, number, number, number];
const rowCoefficients = rows.map(coefficientOf) as unknown as Four;
const columnCoefficients = columns.map(coefficientOf) as unknown as Four;

/** Goertzel's. */
function coefficientOf(frequency: number): number {
  return 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
}

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
    const block = this.#block;
    let filled = this.#filled;
    for (let i = 0; i < samples.length; i++) {
      block[filled++] = samples[i] as number;
      if (filled < blockSamples) continue;
      filled = 0;
      const key = this.#judge(keyOf(block));
      if (key) heard.push(key);
    }
    this.#filled = filled;
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
  for (let i = 0; i < blockSamples; i++) energy += (block[i] as number) * (block[i] as number);
  if (energy < (blockSamples * leastAmplitude * leastAmplitude) / 2) return null;
  // A sine of amplitude a has the energy n * a^2 / 2 and, by Goertzel over n samples, the power (n * a / 2)^2.
  const leastPower = (leastShare * energy * blockSamples) / 2;
  const lows = powers(block, rowCoefficients);
  const row = strongest(lows);
  const low = lows[row] as number;
  // What even the strongest higher tone beside it would not make a key: nearly everything that is said.
  if (low * (1 + highOverLow) < leastPower) return null;
  const highs = powers(block, columnCoefficients);
  const column = strongest(highs);
  const high = highs[column] as number;
  if (high > low * highOverLow || low > high * lowOverHigh) return null;
  for (let i = 0; i < 4; i++) {
    if (i !== row && (lows[i] as number) * leastLead > low) return null;
    if (i !== column && (highs[i] as number) * leastLead > high) return null;
  }
  if (low + high < leastPower) return null;
  const [lowTone = 0, highTone = 0] = [rows[row], columns[column]];
  // Where the lower tone's harmonic lies beside the higher tone, it cannot be told from it.
  const [lowHarmonic, highHarmonic] = powers(block, [coefficientOf(2 * lowTone), coefficientOf(2 * highTone), 0, 0]);
  if (Math.abs(2 * lowTone - highTone) > 150 && lowHarmonic > mostHarmonic * low) return null;
  if (highHarmonic > mostHarmonic * high) return null;
  return keys[row]?.[column] ?? null;
}

function strongest(of: Four): number {
  let best = 0;
  for (let i = 1; i < 4; i++) if ((of[i] as number) > (of[best] as number)) best = i;
  return best;
}

/** Of four frequencies in one go: a step of one waits for its last, those of four do not wait for each other. */
function powers(block: Int16Array, [w, x, y, z]: Four): Four {
  let w1 = 0;
  let w2 = 0;
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  let z1 = 0;
  let z2 = 0;
  for (let i = 0; i < blockSamples; i++) {
    const sample = block[i] as number;
    const w0 = sample + w * w1 - w2;
    const x0 = sample + x * x1 - x2;
    const y0 = sample + y * y1 - y2;
    const z0 = sample + z * z1 - z2;
    w2 = w1;
    w1 = w0;
    x2 = x1;
    x1 = x0;
    y2 = y1;
    y1 = y0;
    z2 = z1;
    z1 = z0;
  }
  return [power(w, w1, w2), power(x, x1, x2), power(y, y1, y2), power(z, z1, z2)];
}

function power(coefficient: number, last: number, before: number): number {
  return last * last + before * before - coefficient * last * before;
}
