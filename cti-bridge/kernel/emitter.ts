import type { Disposable } from './scope.ts';

/**
 * Typed events. Listeners run in order of subscription; one that throws does not keep the others from hearing, its error is handed to
 * `onError` after all have run.
 */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(payload: never) => void>>();
  readonly #onError: (error: unknown) => void;

  constructor(
    onError: (error: unknown) => void = (error) => {
      throw error;
    },
  ) {
    this.#onError = onError;
  }

  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): Disposable {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    const entry = (payload: Events[Name]) => listener(payload);
    set.add(entry as (payload: never) => void);
    return { dispose: () => void set.delete(entry as (payload: never) => void) };
  }

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    const failures: unknown[] = [];
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        (listener as (payload: Events[Name]) => void)(payload);
      } catch (error) {
        failures.push(error);
      }
    }
    for (const error of failures) this.#onError(error);
  }

  listenerCount(name: keyof Events): number {
    return this.#listeners.get(name)?.size ?? 0;
  }
}
