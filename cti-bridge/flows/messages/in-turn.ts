/** Does what belongs to one key one after the other, in the order in which it was asked; other keys go on beside it. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  do<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const done = before.then(work, work);
    this.#last.set(key, done);
    const forget = () => {
      if (this.#last.get(key) === done) this.#last.delete(key);
    };
    done.then(forget, forget);
    return done;
  }
}
