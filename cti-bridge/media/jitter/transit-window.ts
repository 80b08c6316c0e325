const blockMs = 500;
const blocks = 8;

/** Smallest and largest transit time of packets over the last four seconds, in blocks of half a second. */
export class TransitWindow {
  #ring: { index: number; min: number; max: number }[] = [];
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  add(transitMs: number, nowMs: number): void {
    const index = Math.floor(nowMs / blockMs);
    const last = this.#ring[this.#ring.length - 1];
    if (last && last.index >= index) {
      if (transitMs < last.min) last.min = transitMs;
      if (transitMs > last.max) last.max = transitMs;
      if (transitMs < this.#min) this.#min = transitMs;
      if (transitMs > this.#max) this.#max = transitMs;
      return;
    }
    this.#ring.push({ index, min: transitMs, max: transitMs });
    while ((this.#ring[0]?.index ?? index) <= index - blocks) this.#ring.shift();
    this.#min = Math.min(...this.#ring.map(({ min }) => min));
    this.#max = Math.max(...this.#ring.map(({ max }) => max));
  }

  clear(): void {
    this.#ring = [];
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
  }

  /** Infinite while there is nothing. */
  get min(): number {
    return this.#min;
  }

  get spread(): number {
    return this.#ring.length === 0 ? 0 : this.#max - this.#min;
  }
}
