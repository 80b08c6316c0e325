import { seeded } from '../sip/memory-network.ts';

/** Choices that are the same for the same seed. */
export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seeded(seed);
  }

  /** In [0, 1). */
  fraction(): number {
    return this.#next();
  }

  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  pick<Item>(items: readonly Item[]): Item;
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  bytes(size: number): Buffer {
    const bytes = Buffer.alloc(size);
    for (let at = 0; at < size; at++) bytes[at] = this.below(256);
    return bytes;
  }

  /** Small numbers mostly, now and then a big one: sizes at which buffers end. */
  size(most: number): number {
    return Math.min(
      most,
      this.chance(0.9) ? this.below(16) : this.pick([31, 32, 63, 64, 127, 128, 255, 256, 1_023, 4_096, 16_000, 65_535]),
    );
  }
}
