/** Does what belongs to one key one after the other, in the order in which it was asked; other keys go on beside it, at most `atOnce` together. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];
  #room: number;

  constructor({ atOnce = Number.POSITIVE_INFINITY }: { readonly atOnce?: number } = {}) {
    this.#room = atOnce;
  }

  do<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const begin = () => this.#withRoom(work);
    const done = before.then(begin, begin);
    this.#last.set(key, done);
    const forget = () => {
      if (this.#last.get(key) === done) this.#last.delete(key);
    };
    done.then(forget, forget);
    return done;
  }

  async #withRoom<Value>(work: () => Promise<Value>): Promise<Value> {
    // Whoever ends hands their room on: nobody comes between.
    if (this.#room > 0) this.#room--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#room++;
    }
  }
}
