/** Counts for the metrics page. A name exists once something was counted under it. */
export class Counters {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }

  snapshot(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
