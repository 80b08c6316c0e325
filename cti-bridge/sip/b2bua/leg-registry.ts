import type { LegSession } from './leg-session.ts';

/** Live legs by their local tag, which is random and ours: the key of every in-dialog request. */
export class LegRegistry {
  readonly #legs = new Map<string, LegSession>();
  readonly #waiting = new Set<() => void>();

  get size(): number {
    return this.#legs.size;
  }

  /** Legs that have not ended. One that only waits to say its BYE is none of them. */
  get live(): number {
    let count = 0;
    for (const leg of this.#legs.values()) if (!leg.isEnded) count++;
    return count;
  }

  find(localTag: string): LegSession | undefined {
    return this.#legs.get(localTag);
  }

  add(leg: LegSession): void {
    this.#legs.set(leg.localTag, leg);
  }

  remove(leg: LegSession): void {
    this.#legs.delete(leg.localTag);
    if (this.#legs.size > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  abandonAll(): void {
    for (const leg of [...this.#legs.values()]) leg.abandon();
  }

  /** Resolves when no leg is left that lives or still owes a BYE. */
  whenEmpty(): Promise<void> {
    return this.#legs.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.add(resolve));
  }
}
