/** What a process that is killed can still do: nothing. Its calls to the outside never end, whether they were done or not. */
const never = new Promise<never>(() => {});

/** Changes nothing: between two of these is nowhere to die that is not beside what changes something. */
const onlyLooks = /^(read|find|is|next|handled|open|path)/;

/**
 * One life of a process. Every call that changes the disk or the world is a step; at the step it was given it dies, before the call is done or just after,
 * when nobody can tell any more.
 */
export class Mortal {
  isDead = false;
  steps = 0;
  readonly #diesAt: number;
  readonly #random: () => number;

  constructor(diesAt: number, random: () => number) {
    this.#diesAt = diesAt;
    this.#random = random;
  }

  die(): void {
    this.isDead = true;
  }

  async step<Value>(call: () => Promise<Value>, isCounted = true): Promise<Value> {
    if (this.isDead) return never;
    if (isCounted) this.steps++;
    const isLast = isCounted && this.steps === this.#diesAt;
    if (isLast && this.#random() < 0.5) {
      this.die();
      return never;
    }
    const ending = await call().then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    if (isLast) this.die();
    return this.isDead ? never : ending();
  }

  /** The same, with each method a step. */
  wrap<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        return (...given: unknown[]) =>
          this.step(() => (method as (...all: unknown[]) => Promise<unknown>).apply(target, given), !onlyLooks.test(String(name)));
      },
    });
  }
}
