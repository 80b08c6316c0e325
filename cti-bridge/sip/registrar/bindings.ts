import type { Clock, Disposable, Log, TimerHandle } from '../../kernel/index.ts';
import { Emitter } from '../../kernel/index.ts';
import type { Flow } from '../transport/index.ts';

/** Where an extension is reached now. The flow is the way; the Contact is only what its owner wants to read in our Request-URI. */
export interface Binding {
  readonly extension: string;
  readonly contactUri: string;
  readonly flow: Flow;
  readonly callId: string;
  readonly cseq: number;
  /** Monotonic ms. */
  readonly expiresAt: number;
}

interface Events {
  bound: Binding;
  unbound: Binding;
}

/** One binding per extension and per flow. A newer one replaces the older and closes its flow: the newest desktop is the one that rings. */
export class Bindings {
  readonly #clock: Clock;
  readonly #byExtension = new Map<string, { binding: Binding; readonly expiry: TimerHandle; watch: Disposable }>();
  readonly #events: Emitter<Events>;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#events = new Emitter<Events>((error) => log.error('sip:registration-listener-failed', { error: String(error) }));
  }

  get size(): number {
    return this.#byExtension.size;
  }

  find(extension: string): Binding | null {
    return this.#byExtension.get(extension)?.binding ?? null;
  }

  on<Name extends keyof Events>(name: Name, listener: (binding: Binding) => void): Disposable {
    return this.#events.on(name, listener);
  }

  /** Adds or refreshes. `bound` is told when the flow is a new one. */
  put(binding: Binding): void {
    if (binding.flow.isClosed) return;
    for (const other of [...this.#byExtension.values()]) {
      if (other.binding.flow.id === binding.flow.id && other.binding.extension !== binding.extension) this.remove(other.binding);
    }
    const older = this.#byExtension.get(binding.extension);
    older?.expiry.cancel();
    void older?.watch.dispose();
    const isRefresh = older?.binding.flow.id === binding.flow.id;
    const expiry = this.#clock.timer(binding.expiresAt - this.#clock.monotonic(), () => this.remove(binding));
    const entry = { binding, expiry, watch: { dispose() {} } as Disposable };
    this.#byExtension.set(binding.extension, entry);
    entry.watch = binding.flow.onClose(() => this.remove(binding));
    if (isRefresh) return;
    this.#events.emit('bound', binding);
    older?.binding.flow.close('replaced by a newer registration');
  }

  remove(binding: Binding): void {
    const entry = this.#byExtension.get(binding.extension);
    if (!entry || entry.binding.flow.id !== binding.flow.id) return;
    entry.expiry.cancel();
    void entry.watch.dispose();
    this.#byExtension.delete(binding.extension);
    this.#events.emit('unbound', binding);
  }

  clear(): void {
    for (const { binding } of [...this.#byExtension.values()]) this.remove(binding);
  }
}
