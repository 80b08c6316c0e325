/**
 * Loudness as people hear it: ITU-R BS.1770, of one channel. The sound goes through a filter that weighs it as an ear does (a shelf for the
 * head, a high-pass for what is deep), its power is taken over blocks of 400 ms that overlap by three quarters, and the mean is over those
 * that are not pauses: above -70 LUFS, and then within 10 LU of the mean of these.
 */

const blockSeconds = 0.4;
const stepSeconds = 0.1;
const absoluteGate = -70;
const relativeGate = -10;
/** So that a sine of 997 Hz at full scale in one channel is at -3.01 LUFS (BS.1770, note 1). */
const offset = -0.691;

interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** In LUFS; null where there is nothing but silence. Shorter than a block: of the whole as one. */
export function loudness(samples: Int16Array, rate: number): number | null {
  const weighted = filtered(
    filtered(
      Float64Array.from(samples, (sample) => sample / 32_768),
      shelf(rate),
    ),
    highPass(rate),
  );
  const powers = blockPowers(weighted, rate).filter((power) => levelOf(power) > absoluteGate);
  if (powers.length === 0) return null;
  const gate = levelOf(mean(powers)) + relativeGate;
  return levelOf(mean(powers.filter((power) => levelOf(power) > gate)));
}

function blockPowers(samples: Float64Array, rate: number): number[] {
  const [block, step] = [Math.round(blockSeconds * rate), Math.round(stepSeconds * rate)];
  if (samples.length < block) return samples.length === 0 ? [] : [powerOf(samples)];
  const powers: number[] = [];
  for (let at = 0; at + block <= samples.length; at += step) powers.push(powerOf(samples.subarray(at, at + block)));
  return powers;
}

const levelOf = (power: number) => offset + 10 * Math.log10(power);
const mean = (powers: readonly number[]) => powers.reduce((sum, power) => sum + power, 0) / powers.length;

function powerOf(samples: Float64Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length;
}

function filtered(samples: Float64Array, { b: [b0, b1, b2], a: [a1, a2] }: Biquad): Float64Array {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

/** The first stage. BS.1770 gives its coefficients at 48 kHz; these are the analogue filter behind them, at any rate. */
function shelf(rate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const scale = 1 + k / q + k * k;
  return {
    b: [(high + (band * k) / q + k * k) / scale, (2 * (k * k - high)) / scale, (high - (band * k) / q + k * k) / scale],
    a: [(2 * (k * k - 1)) / scale, (1 - k / q + k * k) / scale],
  };
}

/** The second stage. */
function highPass(rate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate);
  const q = 0.5003270373238773;
  const scale = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / scale, (1 - k / q + k * k) / scale] };
}
