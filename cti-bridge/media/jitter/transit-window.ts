const blockMs = 500;
const blocks = 8;

/** Smallest and largest transit time of packets over the last four seconds, in blocks of half a second. */
export class TransitWindow {
  #ring: { index: number; min: number; max: number }[] = [];

  add(transitMs: number, nowMs: number): void {
    const index = Math.floor(nowMs / blockMs);
    const last = this.#ring.at(-1);
    if (last && last.index >= index) {
      if (transitMs < last.min) last.min = transitMs;
      if (transitMs > last.max) last.max = transitMs;
      return;
    }
    this.#ring.push({ index, min: transitMs, max: transitMs });
    while ((this.#ring[0]?.index ?? index) <= index - blocks) this.#ring.shift();
  }

  clear(): void {
    this.#ring = [];
  }

  get min(): number {
    let min = Number.POSITIVE_INFINITY;
    for (const block of this.#ring) if (block.min < min) min = block.min;
    return min;
  }

  get spread(): number {
    let max = Number.NEGATIVE_INFINITY;
    for (const block of this.#ring) if (block.max > max) max = block.max;
    return this.#ring.length === 0 ? 0 : max - this.min;
  }
}
