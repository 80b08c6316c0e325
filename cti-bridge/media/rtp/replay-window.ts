/**
 * Knows which of the last 64 sequence numbers of one source have been seen (RFC 3711 section 3.3.2), across the wrap of the counter.
 * Also says the extended sequence number, which loss is counted with.
 */
export class ReplayWindow {
  #highest: number | null = null;
  /** Bit n set: `highest - n` was seen. Two words, because shifts in JavaScript are of 32 bits. */
  #low = 0;
  #high = 0;

  /** The extended number when new, null when seen before or too old to tell. */
  accept(sequence: number): number | null {
    if (this.#highest === null) {
      this.#highest = sequence;
      this.#low = 1;
      return sequence;
    }
    const extended = this.#highest + (((sequence - this.#highest) << 16) >> 16);
    const ahead = extended - this.#highest;
    if (ahead > 0) {
      this.#shift(ahead);
      this.#low |= 1;
      this.#highest = extended;
      return extended;
    }
    const behind = -ahead;
    if (behind >= 64) return null;
    const bit = 1 << (behind & 31);
    if ((behind < 32 ? this.#low : this.#high) & bit) return null;
    if (behind < 32) this.#low |= bit;
    else this.#high |= bit;
    return extended;
  }

  /** Whether `accept` would take it; for what is to be checked before it is believed. */
  isNew(sequence: number): boolean {
    if (this.#highest === null) return true;
    const behind = this.#highest - (this.#highest + (((sequence - this.#highest) << 16) >> 16));
    if (behind < 0) return true;
    return behind < 64 && ((behind < 32 ? this.#low : this.#high) & (1 << (behind & 31))) === 0;
  }

  #shift(by: number): void {
    if (by >= 64) {
      this.#low = 0;
      this.#high = 0;
    } else if (by >= 32) {
      this.#high = by === 32 ? this.#low : this.#low << (by - 32);
      this.#low = 0;
    } else {
      this.#high = (this.#high << by) | (this.#low >>> (32 - by));
      this.#low <<= by;
    }
  }
}
