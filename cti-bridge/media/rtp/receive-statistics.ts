import { sampleRate } from '../codec/g711.ts';

/** Loss and jitter of one received stream as RFC 3550 appendix A.3 and A.8 count them. Feed it packets that are new, once each. */
export class ReceiveStatistics {
  #base: number | null = null;
  #highest = 0;
  #received = 0;
  readonly #quality = new Interval();
  readonly #report = new Interval();
  /** In samples of G.711. */
  #jitter = 0;
  #clockRate = sampleRate;
  #lastTransit: number | null = null;

  /** A new source starts new counters. */
  restart(): void {
    this.#base = null;
    this.#received = 0;
    this.#quality.restart();
    this.#report.restart();
    this.#lastTransit = null;
  }

  /** A packet that counts for loss but not for jitter. `extended` is the sequence number without wrap (see `ReplayWindow`). */
  count(extended: number): void {
    if (this.#base === null) {
      this.#base = extended;
      this.#highest = extended;
    }
    this.#base = Math.min(this.#base, extended);
    this.#highest = Math.max(this.#highest, extended);
    this.#received++;
  }

  /** `clockRate` is that of the timestamp. */
  add(extended: number, timestamp: number, arrivalMs: number, clockRate: number = sampleRate): void {
    this.count(extended);
    if (clockRate !== this.#clockRate) this.#lastTransit = null;
    this.#clockRate = clockRate;
    const transit = Math.round((arrivalMs * clockRate) / 1000) - timestamp;
    if (this.#lastTransit !== null) {
      const difference = Math.abs((transit - this.#lastTransit) | 0) * (sampleRate / clockRate);
      // A jump of the sender's clock says nothing about the network.
      if (difference < sampleRate) this.#jitter += (difference - this.#jitter) / 16;
    }
    this.#lastTransit = transit;
  }

  get jitterMs(): number {
    return (this.#jitter * 1000) / sampleRate;
  }

  /** On the clock of what comes (RFC 3550 section 6.4.1). */
  get jitterSamples(): number {
    return Math.round((this.#jitter * this.#clockRate) / sampleRate);
  }

  get highestSequence(): number {
    return this.#highest;
  }

  get expected(): number {
    return this.#base === null ? 0 : this.#highest - this.#base + 1;
  }

  /** Lost since the start; duplicates are not counted, so it is never negative for long. */
  get lost(): number {
    return this.expected - this.#received;
  }

  /** Share of packets lost since the last call, in percent. */
  takeIntervalLoss(): number {
    return this.#quality.take(this.expected, this.#received) * 100;
  }

  /** The same for RTCP, with its own interval: a fraction of 256. */
  takeReportFraction(): number {
    return Math.min(255, Math.floor(this.#report.take(this.expected, this.#received) * 256));
  }
}

/** Remembers the counters at the last look, to tell the share lost since. */
class Interval {
  #expected = 0;
  #received = 0;

  take(expected: number, received: number): number {
    const wanted = expected - this.#expected;
    const got = received - this.#received;
    this.#expected = expected;
    this.#received = received;
    return wanted <= 0 ? 0 : Math.max(0, (wanted - got) / wanted);
  }

  restart(): void {
    this.#expected = 0;
    this.#received = 0;
  }
}
