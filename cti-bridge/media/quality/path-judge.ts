/** What one leg saw in one interval. */
export interface Interval {
  /** Monotonic ms at its end. */
  readonly at: number;
  readonly receivedPackets: number;
  readonly sentPackets: number;
  /** The loudest sample of what came; null when nothing was listened to. */
  readonly peak: number | null;
  /** Neither side holds: packets should come. */
  readonly expectsSound: boolean;
  /** The far side's reports in this interval, each with how far it had heard us; null where it says that it hears nobody. */
  readonly farHeardUpTo: readonly (number | null)[];
}

/** `fromThem`: nothing comes from the far side. `toThem`: it says itself that it does not get what we send. */
export type OneWay = 'fromThem' | 'toThem';
/** `noPackets`: a network in between, or a device that is gone. `silentPackets`: a microphone that is muted, or not the right one. */
export type Silence = 'noPackets' | 'silentPackets';

export interface PathVerdict {
  readonly oneWay: OneWay | null;
  readonly silence: Silence | null;
}

/** What counts as trouble. A pause in a talk is not: people who listen still have a room around them, and it is not digitally silent. */
export const pathThresholds = {
  /** Without a packet for this long, nothing comes. */
  noPacketsMs: 4_000,
  /** So quiet that no microphone was open: the idle code of A-law decodes to 8. */
  silentPeak: 8,
  silentForMs: 15_000,
  /** So many packets of ours between two reports, and the far side heard none of them. */
  unheardPackets: 100,
  /** How many reports in a row say so. */
  unheardReports: 2,
} as const;

/** Judges, from what comes and what the far side reports of us, whether both hear each other, and which side it likely lies with. */
export class PathJudge {
  readonly #thresholds: typeof pathThresholds;
  #nothingSince: number | null = null;
  /** Monotonic ms at the end of the interval before. */
  #before: number | null = null;
  #silentSince: number | null = null;
  #heardUpTo: number | null = null;
  #sentSinceHeard = 0;
  #unheard = 0;

  constructor(thresholds: typeof pathThresholds = pathThresholds) {
    this.#thresholds = thresholds;
  }

  observe(interval: Interval): PathVerdict {
    const { noPacketsMs, silentForMs } = this.#thresholds;
    const { at, receivedPackets, expectsSound } = interval;
    this.#listen(interval);
    this.#readReports(interval);
    if (!expectsSound || receivedPackets > 0) this.#nothingSince = null;
    else this.#nothingSince ??= this.#before ?? at;
    this.#before = at;
    const nothingComes = this.#nothingSince !== null && at - this.#nothingSince >= noPacketsMs;
    const isSilent = this.#silentSince !== null && at - this.#silentSince >= silentForMs;
    return {
      oneWay: nothingComes ? 'fromThem' : this.#unheard >= this.#thresholds.unheardReports ? 'toThem' : null,
      silence: nothingComes ? 'noPackets' : isSilent ? 'silentPackets' : null,
    };
  }

  #listen({ at, peak, expectsSound, receivedPackets }: Interval): void {
    if (!expectsSound || (peak !== null && peak > this.#thresholds.silentPeak)) this.#silentSince = null;
    else if (receivedPackets > 0 && peak !== null) this.#silentSince ??= at;
  }

  #readReports({ farHeardUpTo, sentPackets, expectsSound }: Interval): void {
    this.#sentSinceHeard = expectsSound ? this.#sentSinceHeard + sentPackets : 0;
    for (const heardUpTo of farHeardUpTo) {
      const hasAdvanced = heardUpTo !== null && heardUpTo !== this.#heardUpTo;
      this.#heardUpTo = heardUpTo ?? this.#heardUpTo;
      if (hasAdvanced) {
        this.#unheard = 0;
        this.#sentSinceHeard = 0;
      } else if (this.#sentSinceHeard >= this.#thresholds.unheardPackets) {
        this.#unheard++;
        this.#sentSinceHeard = 0;
      }
    }
  }
}
