import { describe, expect, it } from 'vitest';
import { rootMeanSquare } from '../../../../cti-bridge/media/index.ts';
import { evenOut, promptCeiling } from '../../../../cti-bridge/media/prompt/even-out.ts';
import { loudness } from '../../../../cti-bridge/media/prompt/loudness.ts';
import { resample } from '../../../../cti-bridge/media/prompt/resample.ts';

const sine = (hertz: number, level: number, seconds: number, rate = 8_000) =>
  Int16Array.from({ length: Math.round(seconds * rate) }, (_, at) =>
    Math.round(32_767 * level * Math.sin((2 * Math.PI * hertz * at) / rate)),
  );
const decibels = (level: number) => 10 ** (level / 20);
const joined = (...pieces: Int16Array[]) => Int16Array.from(pieces.flatMap((piece) => [...piece]));
const peak = (samples: Int16Array) => samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);

/** Bursts of noise with pauses, as speech has them: louder and softer syllables. */
function babble(seconds: number, level: number): Int16Array {
  let seed = 7;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed / 0x3fffffff - 1;
  };
  let [low, hold] = [0, 1];
  return Int16Array.from({ length: seconds * 8_000 }, (_, at) => {
    if (at % 1_600 === 0) hold = 0.2 + 0.8 * Math.abs(random());
    low = 0.7 * low + 0.3 * random();
    return Math.round(32_767 * level * hold * low * Math.max(0, Math.sin((2 * Math.PI * at) / 3_200)));
  });
}

describe('loudness', () => {
  it.each([8_000, 16_000, 48_000])('is -3.01 LUFS for a sine of 997 Hz at full scale in one channel, at %i Hz', (rate) => {
    expect(loudness(sine(997, 1, 2, rate), rate)).toBeCloseTo(-3.01, 1);
  });

  it('falls by as many units as the level falls by decibels', () => {
    expect(loudness(sine(997, decibels(-20), 2), 8_000)).toBeCloseTo(-23.01, 1);
  });

  it('does not count pauses, or what is far below the rest (EBU Tech 3341, case 3)', () => {
    const [soft, loud] = [sine(1_000, decibels(-36), 2), sine(1_000, decibels(-20), 6)];
    expect(loudness(joined(soft, loud, new Int16Array(16_000), soft), 8_000)).toBeCloseTo(-23, 0);
  });

  it('weighs what is deep less', () => {
    expect(loudness(sine(40, 0.5, 2), 8_000) ?? 0).toBeLessThan((loudness(sine(997, 0.5, 2), 8_000) ?? 0) - 2);
  });

  it('is nothing where there is silence, and of the whole where that is short', () => {
    expect(loudness(new Int16Array(16_000), 8_000)).toBeNull();
    expect(loudness(new Int16Array(0), 8_000)).toBeNull();
    expect(loudness(sine(997, 1, 0.2), 8_000)).toBeCloseTo(-3, 0);
  });
});

describe('evening out', () => {
  it.each([
    ['soft', 0.02],
    ['ordinary', 0.3],
    ['loud', 1],
  ])('brings %s speech to -23 LUFS, below -3 dB of full scale', (_, level) => {
    const evened = evenOut(babble(4, level), 8_000);
    if (!evened) throw new Error('silent');
    expect(Math.abs((loudness(evened, 8_000) ?? 0) + 23)).toBeLessThan(1);
    expect(peak(evened)).toBeLessThanOrEqual(promptCeiling);
  });

  it('turns down softly what sticks out, and leaves what is elsewhere alone', () => {
    const quiet = babble(4, 0.05);
    const bang = Int16Array.from(quiet, (sample, at) => (at > 16_000 && at < 16_040 ? 32_000 : sample));
    const evened = evenOut(bang, 8_000);
    if (!evened) throw new Error('silent');
    expect(peak(evened)).toBeLessThanOrEqual(promptCeiling);
    expect(Math.abs((loudness(evened, 8_000) ?? 0) + 23)).toBeLessThan(1);
  });

  it('makes nothing of silence', () => expect(evenOut(new Int16Array(8_000), 8_000)).toBeNull());
});

describe('another rate', () => {
  it.each([11_025, 16_000, 22_050, 44_100, 48_000])('from %i Hz keeps what a telephone carries and takes out what it does not', (rate) => {
    const kept = resample(sine(1_000, 0.5, 0.5, rate), rate, 8_000);
    expect(kept.length).toBe(4_000);
    expect(rootMeanSquare(kept.subarray(200, 3_800)) / (16_384 / Math.SQRT2)).toBeCloseTo(1, 1);
    const gone = resample(sine(5_000, 0.5, 0.5, rate), rate, 8_000);
    expect(rootMeanSquare(gone.subarray(200, 3_800))).toBeLessThan(16_384 * decibels(-50));
  });
});
