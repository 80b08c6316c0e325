import type { Clock, Disposable, Log, TimerHandle } from '../../kernel/index.ts';
import { Emitter } from '../../kernel/index.ts';
import type { Flow } from '../transport/index.ts';
import { isBrowsers } from '../transport/index.ts';
import { SpareFlows } from './spare-flows.ts';

/** Which flow of which phone (RFC 5626 §4.1, §4.2). */
export interface OutboundFlow {
  /** The `+sip.instance` of the phone, without its quotes. */
  readonly instance: string;
  readonly regId: number;
}

/** Where an extension is reached now. The flow is the way; the Contact is only what its owner wants to read in our Request-URI. */
export interface Binding {
  readonly extension: string;
  readonly contactUri: string;
  readonly flow: Flow;
  /** Path (RFC 3327): the proxies between us, as Route of what is sent there. */
  readonly routes?: readonly string[];
  readonly callId: string;
  readonly cseq: number;
  /** Monotonic ms. Null for an address that never changes: nobody registers there. */
  readonly expiresAt: number | null;
  /** Null for a phone that keeps one flow, or does not say. */
  readonly outbound?: OutboundFlow | null;
}

interface Events {
  bound: Binding;
  unbound: Binding;
}

interface Entry {
  readonly binding: Binding;
  readonly expiry: TimerHandle | undefined;
  watch: Disposable;
  /** Known, but it does not answer: nobody is sent there until it does. */
  isSilent: boolean;
}

/**
 * One binding per extension. A newer one replaces the older and closes its flow, unless others are bound to it: the newest desktop is the one
 * that rings. A desktop is one extension's; a desk phone with several lines, or a base of cordless ones, registers each over the same flow. A
 * phone that keeps several flows (RFC 5626) is rung on the first and has the others in reserve.
 *
 *     none --put--> live --remove, expiry, flow closed--> none        `bound` and `unbound` tell of coming to live and leaving it
 *     none --fix--> silent <--mark--> live                            an address that never changes is live while it answers
 */
export class Bindings {
  readonly #clock: Clock;
  readonly #byExtension = new Map<string, Entry>();
  /** Extensions by the id of the flow they are bound to: one that registered, or any number of addresses that never change. */
  readonly #byFlow = new Map<string, Set<string>>();
  readonly #spares: SpareFlows;
  readonly #events: Emitter<Events>;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#spares = new SpareFlows(clock);
    this.#events = new Emitter<Events>((error) => log.error('sip:registration-listener-failed', { error: String(error) }));
  }

  get size(): number {
    return this.#byExtension.size + this.#spares.size;
  }

  /** The way to an extension that can be reached now. */
  find(extension: string): Binding | null {
    const entry = this.#byExtension.get(extension);
    return entry && !entry.isSilent ? entry.binding : null;
  }

  /** Also one that does not answer at the moment. */
  known(extension: string): Binding | null {
    return this.#byExtension.get(extension)?.binding ?? null;
  }

  /** Whether this extension is reached over this flow first. */
  isBoundAt(flow: Flow, extension: string): boolean {
    return this.#byFlow.get(flow.id)?.has(extension) ?? false;
  }

  /** Whose phone is at the other end of this flow, if anybody's; one of its lines, where it has several. */
  at(flow: Flow): Binding | null {
    const [extension] = this.#byFlow.get(flow.id) ?? [];
    return extension === undefined ? this.#spares.at(flow) : this.known(extension);
  }

  /** Everything registered under an extension, what it is rung on first. */
  all(extension: string): readonly Binding[] {
    const first = this.known(extension);
    return first ? [first, ...this.#spares.of(extension)] : [];
  }

  on<Name extends keyof Events>(name: Name, listener: (binding: Binding) => void): Disposable {
    return this.#events.on(name, listener);
  }

  /** Adds or refreshes. `bound` is told when the flow is a new one. */
  put(binding: Binding): void {
    if (binding.flow.isClosed) return;
    if (isBrowsers(binding.flow)) for (const other of this.#others(binding)) this.remove(other);
    const older = this.#byExtension.get(binding.extension);
    if (older && !older.isSilent && isOtherFlowOfSamePhone(older.binding, binding)) return this.#spares.put(binding);
    this.#spares.drop(binding);
    const isSameFlow = older?.binding.flow.id === binding.flow.id;
    this.#keep(binding, false);
    if (isSameFlow && !older?.isSilent) return;
    this.#events.emit('bound', binding);
    if (isSameFlow || !older) return;
    if (this.#others(older.binding).length === 0) older.binding.flow.close('replaced by a newer registration');
    if (older.binding.outbound?.instance !== binding.outbound?.instance)
      this.#spares.closeAll(binding.extension, 'replaced by another phone');
  }

  /** Notes an address that never changes, silent until `mark` says otherwise. Whatever was registered under the extension goes. */
  fix(binding: Binding): void {
    const older = this.#byExtension.get(binding.extension);
    this.#spares.closeAll(binding.extension, 'replaced by an address');
    if (older) this.remove(older.binding);
    this.#keep(binding, true);
  }

  /** Whether this phone answers. Nothing happens when the binding is not the current one, or nothing changed. */
  mark(binding: Binding, isAnswering: boolean): void {
    const entry = this.#byExtension.get(binding.extension);
    if (!entry || entry.binding.flow.id !== binding.flow.id || entry.isSilent !== isAnswering) return;
    // Another flow of the same phone takes its place.
    if (!isAnswering && this.#spares.of(binding.extension).length > 0) return this.remove(entry.binding);
    entry.isSilent = !isAnswering;
    this.#events.emit(isAnswering ? 'bound' : 'unbound', entry.binding);
  }

  #keep(binding: Binding, isSilent: boolean): void {
    const older = this.#byExtension.get(binding.extension);
    older?.expiry?.cancel();
    void older?.watch.dispose();
    const expiry =
      binding.expiresAt === null ? undefined : this.#clock.timer(binding.expiresAt - this.#clock.monotonic(), () => this.remove(binding));
    const entry: Entry = { binding, expiry, watch: { dispose() {} }, isSilent };
    if (older) this.#forgetFlow(older.binding);
    this.#byExtension.set(binding.extension, entry);
    const atFlow = this.#byFlow.get(binding.flow.id);
    if (atFlow) atFlow.add(binding.extension);
    else this.#byFlow.set(binding.flow.id, new Set([binding.extension]));
    entry.watch = binding.flow.onClose(() => this.remove(binding));
  }

  remove(binding: Binding): void {
    const entry = this.#byExtension.get(binding.extension);
    if (!entry || entry.binding.flow.id !== binding.flow.id) return this.#spares.drop(binding);
    entry.expiry?.cancel();
    void entry.watch.dispose();
    this.#byExtension.delete(binding.extension);
    this.#forgetFlow(entry.binding);
    const spare = this.#spares.take(binding.extension);
    if (spare) {
      binding.flow.markAuthenticated?.(false);
      this.#keep(spare, false);
      this.#events.emit('bound', spare);
    } else if (!entry.isSilent) this.#events.emit('unbound', binding);
  }

  /** Who else registered over its flow. */
  #others({ flow, extension }: Binding): Binding[] {
    const registered = [...(this.#byFlow.get(flow.id) ?? [])].map((each) => this.known(each));
    return registered.filter((each): each is Binding => each !== null && each.extension !== extension && each.expiresAt !== null);
  }

  #forgetFlow({ flow, extension }: Binding): void {
    const atFlow = this.#byFlow.get(flow.id);
    atFlow?.delete(extension);
    if (atFlow?.size === 0) this.#byFlow.delete(flow.id);
  }

  clear(): void {
    this.#spares.clear();
    for (const { binding } of [...this.#byExtension.values()]) this.remove(binding);
  }
}

/** RFC 5626 §6: the same instance with another reg-id is another way to the same phone. */
function isOtherFlowOfSamePhone({ outbound: before, flow }: Binding, { outbound: now, flow: newer }: Binding): boolean {
  return before != null && now != null && before.instance === now.instance && before.regId !== now.regId && flow.id !== newer.id;
}
