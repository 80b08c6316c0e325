/** Sinc lobes on either side of a sample; enough that nothing is heard of what is above the new rate's half. */
const lobes = 24;

/** One channel at another rate, by a windowed sinc; what the new rate cannot hold is taken out first by the same filter. */
export function resample(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return samples;
  const length = Math.floor((samples.length * to) / from);
  const resampled = new Int16Array(length);
  const cut = Math.min(1, to / from) * 0.95;
  const reach = lobes / cut;
  // Positions repeat: for 22,050 to 8,000 after 160 of them.
  const period = to / greatestCommonDivisor(from, to);
  const kernels = Array.from({ length: Math.min(period, length) }, (_, phase) =>
    kernel((phase * from) / to - Math.floor((phase * from) / to), cut, reach),
  );
  for (let at = 0; at < length; at++) {
    const first = Math.floor((at * from) / to) - Math.floor(reach) + 1;
    const weights = kernels[at % period] ?? new Float64Array();
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += (weights[k] ?? 0) * (samples[first + k] ?? 0);
    resampled[at] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
  return resampled;
}

/** What each of the samples around counts for, where the new one lies `fraction` after one of them. */
function kernel(fraction: number, cut: number, reach: number): Float64Array {
  const half = Math.floor(reach);
  const weights = new Float64Array(2 * half);
  let sum = 0;
  for (let k = 0; k < weights.length; k++) {
    const distance = k - half + 1 - fraction;
    const x = Math.PI * cut * distance;
    const window = Math.abs(distance) >= reach ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach);
    weights[k] = (x === 0 ? 1 : Math.sin(x) / x) * window;
    sum += weights[k] ?? 0;
  }
  return weights.map((weight) => weight / sum);
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
