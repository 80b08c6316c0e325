import type { Clock, Disposable, TimerHandle } from '../../kernel/index.ts';
import type { Flow } from '../transport/index.ts';
import type { Binding } from './bindings.ts';

interface Spare {
  readonly binding: Binding;
  readonly expiry: TimerHandle | undefined;
  watch: Disposable;
}

/**
 * Further flows of a phone that keeps several (RFC 5626 §4.2): one for each reg-id of the same instance beside the one it is called on. They
 * ring when that one is gone, the newest first.
 */
export class SpareFlows {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #byExtension = new Map<string, Spare[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    let size = 0;
    for (const spares of this.#byExtension.values()) size += spares.length;
    return size;
  }

  of(extension: string): readonly Binding[] {
    return (this.#byExtension.get(extension) ?? []).map(({ binding }) => binding);
  }

  /** In place of what this reg-id had before, whose flow closes unless it is the same. */
  put(binding: Binding): void {
    const before = this.of(binding.extension).find((other) => other.outbound?.regId === binding.outbound?.regId);
    if (before) this.drop(before);
    if (before && before.flow.id !== binding.flow.id) before.flow.close('replaced by a newer registration');
    const lastsMs = binding.expiresAt === null ? null : binding.expiresAt - this.#clock.monotonic();
    const expiry = lastsMs === null ? undefined : this.#clock.timer(lastsMs, () => this.drop(binding));
    const spare: Spare = { binding, expiry, watch: { dispose() {} } };
    this.#byExtension.set(binding.extension, [...(this.#byExtension.get(binding.extension) ?? []), spare]);
    binding.flow.markAuthenticated?.(true);
    spare.watch = binding.flow.onClose(() => this.drop(binding));
  }

  /** The newest, no longer a spare. */
  take(extension: string): Binding | null {
    const newest = this.of(extension).at(-1) ?? null;
    if (newest) this.drop(newest);
    return newest;
  }

  drop(binding: Binding): void {
    const spares = this.#byExtension.get(binding.extension) ?? [];
    const left = spares.filter((spare) => {
      if (spare.binding.flow.id !== binding.flow.id) return true;
      spare.expiry?.cancel();
      void spare.watch.dispose();
      return false;
    });
    if (left.length === spares.length) return;
    if (left.length === 0) this.#byExtension.delete(binding.extension);
    else this.#byExtension.set(binding.extension, left);
    binding.flow.markAuthenticated?.(false);
  }

  closeAll(extension: string, why: string): void {
    for (const binding of this.of(extension)) {
      this.drop(binding);
      binding.flow.close(why);
    }
  }

  at(flow: Flow): Binding | null {
    for (const spares of this.#byExtension.values()) for (const { binding } of spares) if (binding.flow.id === flow.id) return binding;
    return null;
  }

  clear(): void {
    for (const extension of [...this.#byExtension.keys()]) for (const binding of this.of(extension)) this.drop(binding);
  }
}
