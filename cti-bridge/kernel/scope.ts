import type { Clock } from './clock.ts';

export interface Disposable {
  dispose(): void | Promise<void>;
}

/**
 * Owns everything a story starts: timers, sockets, listeners, child scopes. `end` disposes all of it in reverse order, exactly once,
 * and goes on when one part throws. What is added after the end is disposed at once, so a late arrival cannot leak.
 */
export class Scope {
  readonly name: string;
  readonly #clock: Clock;
  readonly #onError: (error: unknown, scope: string) => void;
  readonly #abort = new AbortController();
  readonly #owned = new Set<Disposable>();
  #ending: Promise<void> | undefined;

  constructor(name: string, clock: Clock, onError: (error: unknown, scope: string) => void) {
    this.name = name;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Aborted when the scope ends; the reason is the string given to `end`. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get isEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** Takes ownership. Returns a release that disposes early and forgets. */
  add(disposable: Disposable | (() => void | Promise<void>)): Disposable {
    const owned: Disposable = typeof disposable === 'function' ? { dispose: disposable } : disposable;
    if (this.isEnded) {
      void this.#dispose(owned);
      return { dispose: () => {} };
    }
    this.#owned.add(owned);
    return {
      dispose: () => {
        if (this.#owned.delete(owned)) return this.#dispose(owned);
      },
    };
  }

  timer(delayMs: number, fire: () => void): Disposable {
    if (this.isEnded) return { dispose: () => {} };
    const handle = this.#clock.timer(delayMs, () => {
      void release.dispose();
      try {
        fire();
      } catch (error) {
        this.#onError(error, this.name);
      }
    });
    const release = this.add(() => handle.cancel());
    return release;
  }

  child(name: string): Scope {
    const child = new Scope(`${this.name}/${name}`, this.#clock, this.#onError);
    const release = this.add(() => child.end('parent ended'));
    child.add(() => void release.dispose());
    return child;
  }

  /** Runs an async part of the story; an error ends this scope only and is reported. */
  run(story: () => Promise<void>): void {
    story().catch((error: unknown) => {
      if (this.isEnded && this.signal.reason === error) return;
      this.#onError(error, this.name);
      void this.end('fault');
    });
  }

  end(reason: string): Promise<void> {
    if (this.#ending) return this.#ending;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ending = promise;
    this.#abort.abort(reason);
    const all = [...this.#owned].reverse();
    this.#owned.clear();
    void (async () => {
      for (const owned of all) await this.#dispose(owned);
      resolve();
    })();
    return promise;
  }

  async #dispose(owned: Disposable): Promise<void> {
    try {
      await owned.dispose();
    } catch (error) {
      this.#onError(error, this.name);
    }
  }
}
