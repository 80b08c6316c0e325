import type { Clock, Log, TimerHandle } from '../../../kernel/index.ts';
import { type OpusPair, opusPairOf, type PairLeg } from './opus-pair.ts';

export interface OpusChoiceParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly legs: () => readonly PairLeg[];
  readonly isRecorded: () => boolean;
}

/** Two who are put through to each other may be parted again at once: nobody is asked anything before they talk. */
const settledMs = 1_000;
/** A recording, or a third one, waits no longer for the far sides. */
const narrowLimitMs = 2_000;
/** A far side whose own offers take it back to G.711 again and again wants to be there. */
const entriesAtMost = 3;

/** Takes the two of a call who may talk in Opus there, and back as soon as somebody needs their sound. */
export class OpusChoice {
  readonly #parts: OpusChoiceParts;
  #pair: OpusPair | null = null;
  #settling: TimerHandle | undefined;
  #isEntering = false;
  /** Of the pair of now, since it is one. */
  #entries = 0;
  /** Pairs of which somebody did not want to; by their legs. */
  readonly #refused = new Set<string>();

  constructor(parts: OpusChoiceParts) {
    this.#parts = parts;
  }

  /** To be called after every change of what `opusPairOf` looks at. */
  consider(): void {
    const { clock, legs, isRecorded } = this.#parts;
    const pair = opusPairOf(legs(), isRecorded());
    const isSame = pair?.every((leg) => this.#pair?.includes(leg));
    if (!isSame) {
      this.#settling?.cancel();
      this.#settling = undefined;
      this.#isEntering = false;
      this.#entries = 0;
      this.#pair = pair;
      for (const leg of legs()) if (!pair?.includes(leg)) this.#leave(leg);
    }
    const now = this.#pair;
    if (!now || this.#settling || this.#isEntering || now.every(({ codec }) => codec.isWide)) return;
    if (this.#entries >= entriesAtMost || this.#refused.has(keyOf(now))) return;
    this.#settling = clock.timer(settledMs, () => {
      this.#settling = undefined;
      void this.#enter(now);
    });
  }

  /** Whether each of them can be heard within two seconds; at once where they can be now. One from whom nothing comes is not waited for. */
  async heard(legs: readonly PairLeg[]): Promise<boolean> {
    const { clock } = this.#parts;
    const wide = legs.filter(({ codec, isQuiet }) => !codec.isNarrow && !isQuiet);
    if (wide.length === 0) return true;
    let limit: TimerHandle | undefined;
    const patience = new Promise<void>((resolve) => {
      limit = clock.timer(narrowLimitMs, resolve);
    });
    await Promise.race([Promise.all(wide.map(({ codec }) => codec.narrow())), patience]);
    limit?.cancel();
    return wide.every(({ codec, isQuiet }) => !codec.isWide || isQuiet);
  }

  /** Opus of this leg reached nobody for half a second. */
  unheard(leg: PairLeg): void {
    if (this.#pair?.includes(leg)) this.#giveUp(this.#pair);
    void leg.codec.insist().then((isNarrow) => {
      if (!isNarrow) this.#parts.log.warn('media:leg-stays-on-opus', { legId: leg.legId });
    });
  }

  stop(): void {
    this.#settling?.cancel();
    this.#pair = null;
  }

  async #enter(pair: OpusPair): Promise<void> {
    this.#isEntering = true;
    this.#entries++;
    const both = async (step: (leg: PairLeg) => Promise<boolean>): Promise<boolean> => (await Promise.all(pair.map(step))).every(Boolean);
    const isWide = (await both(({ codec }) => codec.agree())) && this.#pair === pair && (await both(({ codec }) => codec.widen()));
    // Somebody needs their sound meanwhile: they are on their way back.
    if (this.#pair !== pair) return;
    this.#isEntering = false;
    if (isWide) this.#parts.log.info('media:opus', { legs: pair.map(({ legId }) => legId) });
    else this.#giveUp(pair);
  }

  /** Not in this call any more. */
  #giveUp(pair: OpusPair): void {
    this.#refused.add(keyOf(pair));
    this.#parts.log.info('media:no-opus', { legs: pair.map(({ legId }) => legId) });
    for (const leg of pair) this.#leave(leg);
  }

  /** One from whom nothing comes is asked when it is back. */
  #leave(leg: PairLeg): void {
    if (leg.codec.isNarrow || leg.isQuiet || leg.inner === null) return;
    void leg.codec.narrow().then((isNarrow) => {
      if (!isNarrow) this.#parts.log.warn('media:leg-stays-on-opus', { legId: leg.legId });
    });
  }
}

const keyOf = (pair: OpusPair): string =>
  pair
    .map(({ legId }) => legId)
    .toSorted()
    .join(' ');
