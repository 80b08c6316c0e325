/**
 * The E-model (ITU-T G.107, 06/2015) for G.711: R = Ro - Is - Id - Ie,eff, all parameters but loss and delay at their defaults (table 2 of
 * G.107), and MOS from R by its Annex B. With no loss and no delay R is 93.2, which is a MOS of 4.41.
 */
export interface PathFigures {
  /** Share of packets that were not there when their turn came, 0 to 100. */
  readonly lossPercent: number;
  /** From mouth to ear: packetisation, network and jitter buffer. */
  readonly delayMs: number;
}

/** G.107 7.2 and 7.3 with default values: noise, loudness and simultaneous impairments of a good line. */
const ro = 94.77;
const is = 1.41;
/** Loudness of the talker's echo path and its loss, and the weighted loss of the listener's, all in dB (G.107 table 2). */
const telr = 65;
const wepl = 110;
/** G.113 Appendix I: G.711 with packet loss concealment survives loss by 25.1; without, by 4.3. Its own impairment is none. */
const lossRobustness = 25.1;

/** 1 (bad) to 4.5 (as good as a telephone gets). */
export function mosOf(path: PathFigures): number {
  return mosOfR(ratingOf(path));
}

export function ratingOf({ lossPercent, delayMs }: PathFigures): number {
  const loss = Math.min(100, Math.max(0, lossPercent));
  // G.107 7.5 with a burst ratio of 1: loss that comes at random, and an equipment impairment of 0.
  const lossImpairment = (95 * loss) / (loss + lossRobustness);
  return ro - is - delayImpairment(Math.max(0, delayMs)) - lossImpairment;
}

/** Id of G.107 7.4: the talker's echo, the listener's echo, and delay beyond which people talk over each other. */
function delayImpairment(t: number): number {
  const terv = telr - 40 * Math.log10((1 + t / 10) / (1 + t / 150)) + 6 * Math.exp(-0.3 * t * t);
  const re = 80 + 2.5 * (terv - 14);
  const talker = ((ro - re) / 2 + Math.sqrt((ro - re) ** 2 / 4 + 100) - 1) * (1 - Math.exp(-t));
  const rle = 10.5 * (wepl + 7) * (2 * t + 1) ** -0.25;
  const listener = (ro - rle) / 2 + Math.sqrt((ro - rle) ** 2 / 4 + 169);
  return talker + listener + absoluteDelay(t);
}

function absoluteDelay(t: number): number {
  if (t <= 100) return 0;
  const x = Math.log2(t / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** G.107 Annex B. */
function mosOfR(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}
