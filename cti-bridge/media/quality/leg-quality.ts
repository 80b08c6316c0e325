import { frameMs, type Law, peakG711 } from '../codec/g711.ts';
import { compactNtp, type FarReport } from '../rtp/rtcp.ts';
import { mosOf } from './e-model.ts';
import { PathJudge, type PathVerdict } from './path-judge.ts';

export interface LegQuality extends PathVerdict {
  readonly lossPercent: number;
  readonly jitterMs: number;
  /** Of the worse direction, by the E-model. */
  readonly mos: number;
  /** Null as long as the far side reports nothing. */
  readonly roundTripMs: number | null;
  readonly farLossPercent: number | null;
}

/** One packet in so many is looked at for its loudness: a microphone that is open is not silent for that long. */
const listenEvery = 5;

/** Gathers what is known of one leg's two directions and sums it up every two seconds. */
export class QualityWatch {
  readonly #judge = new PathJudge();
  #packets = 0;
  #received = 0;
  #sent = 0;
  #peak: number | null = null;
  #farHeardUpTo: (number | null)[] = [];
  #roundTripMs: number | null = null;
  #farLossPercent: number | null = null;
  #late = 0;

  received(): void {
    this.#received++;
  }

  /** What is not decoded is not judged by its loudness: it counts as loud. */
  receivedUndecoded(): void {
    this.#peak = Number.MAX_SAFE_INTEGER;
  }

  sent(): void {
    this.#sent++;
  }

  /** A packet of sound that came. */
  heard(law: Law, payload: Uint8Array): void {
    if (this.#packets++ % listenEvery === 0) this.#peak = Math.max(this.#peak ?? 0, peakG711(law, payload));
  }

  /** `ntpSeconds`: our own clock, the one our sender reports carry. */
  reported({ receptions }: FarReport, ntpSeconds: number): void {
    // One stream goes to the far side, so its one block is about us.
    const [about] = receptions;
    this.#farHeardUpTo.push(about?.highestSequence ?? null);
    if (!about) return;
    this.#farLossPercent = (about.fractionLost / 256) * 100;
    if (about.lastReport === 0) return;
    // RFC 3550 section 6.4.1: in units of 1/65536 s; clocks that run apart may make it a little negative.
    const roundTrip = ((compactNtp(ntpSeconds) - about.lastReport - about.delaySinceLastReport) | 0) / 65.536;
    if (roundTrip < 60_000) this.#roundTripMs = Math.max(0, roundTrip);
  }

  sumUp(now: {
    readonly at: number;
    readonly lossPercent: number;
    readonly jitterMs: number;
    readonly playoutMs: number;
    /** Packets so far that came too late to be played. */
    readonly late: number;
    readonly expectsSound: boolean;
  }): LegQuality {
    const { at, lossPercent, jitterMs, playoutMs, late, expectsSound } = now;
    const verdict = this.#judge.observe({
      at,
      expectsSound,
      receivedPackets: this.#received,
      sentPackets: this.#sent,
      peak: this.#peak,
      farHeardUpTo: this.#farHeardUpTo,
    });
    const lateShare = this.#received === 0 ? 0 : (Math.max(0, late - this.#late) / this.#received) * 100;
    this.#late = late;
    this.#received = 0;
    this.#sent = 0;
    this.#peak = null;
    this.#farHeardUpTo = [];
    const delayMs = frameMs + playoutMs + (this.#roundTripMs ?? 0) / 2;
    return {
      ...verdict,
      lossPercent: tenths(lossPercent),
      jitterMs: tenths(jitterMs),
      mos: verdict.oneWay
        ? 1
        : Math.round(mosOf({ lossPercent: Math.max(lossPercent + lateShare, this.#farLossPercent ?? 0), delayMs }) * 100) / 100,
      roundTripMs: this.#roundTripMs === null ? null : tenths(this.#roundTripMs),
      farLossPercent: this.#farLossPercent === null ? null : tenths(this.#farLossPercent),
    };
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
