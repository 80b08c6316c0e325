import * as z from 'zod/mini';
import { seconds } from '../../shared/duration.ts';
import type { Random } from './random.ts';

const positive = z.number().check(z.gt(0), z.lte(864_000));

/**
 * How long something takes. `exponential`: most are short, some long, as theory likes it. `lognormal`: as handling times really are, a hump
 * with a long tail. `fixed`: always the same. `empirical`: one of these, each as likely as its neighbours in the list are.
 */
export const distributionSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('exponential'), meanSeconds: positive }),
    z.strictObject({ kind: z.literal('lognormal'), meanSeconds: positive, standardDeviationSeconds: positive }),
    z.strictObject({ kind: z.literal('fixed'), seconds: z.number().check(z.gte(0), z.lte(864_000)) }),
    z.strictObject({ kind: z.literal('empirical'), seconds: z.array(z.number().check(z.gte(0), z.lte(864_000))).check(z.minLength(1)) }),
  ],
  'kind: exponential, lognormal, fixed or empirical',
);
export type Distribution = z.infer<typeof distributionSchema>;

/** One duration, in whole ms. Takes exactly one number from the stream, so that another distribution leaves the rest as it was. */
export function drawMs(distribution: Distribution, random: Random): number {
  const u = random.next();
  switch (distribution.kind) {
    case 'exponential':
      return Math.round(-seconds(distribution.meanSeconds) * Math.log1p(-u));
    case 'lognormal': {
      // The logarithm is normal, with this variance and this mean, when the duration itself has the given ones.
      const variance = Math.log1p((distribution.standardDeviationSeconds / distribution.meanSeconds) ** 2);
      const mean = Math.log(seconds(distribution.meanSeconds)) - variance / 2;
      return Math.round(Math.exp(mean + Math.sqrt(variance) * normalQuantile(u)));
    }
    case 'fixed':
      return Math.round(seconds(distribution.seconds));
    case 'empirical':
      return Math.round(seconds(distribution.seconds[Math.floor(u * distribution.seconds.length)] ?? 0));
  }
}

export function meanMs(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'exponential':
    case 'lognormal':
      return seconds(distribution.meanSeconds);
    case 'fixed':
      return seconds(distribution.seconds);
    case 'empirical':
      return seconds(distribution.seconds.reduce((sum, value) => sum + value, 0) / distribution.seconds.length);
  }
}

/** Below which value a share u of a standard normal lies. P. J. Acklam's rational approximation, relative error under 1.2e-9. */
function normalQuantile(u: number): number {
  if (u > 0.5) return -normalQuantile(1 - u);
  if (u < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(u));
    return (
      (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
    );
  }
  const q = u - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1)
  );
}
