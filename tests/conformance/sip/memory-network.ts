import type { Clock } from '../../../cti-bridge/kernel/index.ts';
import type { BytesListener, DatagramTransport, Flow } from '../../../cti-bridge/sip/index.ts';

export interface NetworkFaults {
  /** Probabilities per datagram. */
  readonly loss?: number;
  readonly duplicate?: number;
  /** Delayed by up to a second, so that later datagrams overtake it. */
  readonly reorder?: number;
  /** Without it, both ways. `us` is the stack: the first address that was opened. */
  readonly only?: 'towards us' | 'from us';
  readonly seed?: number;
}

/** UDP in memory: addresses, a millisecond of travel, and whatever goes wrong on the way, the same for the same seed. */
export class MemoryNetwork {
  readonly #clock: Clock;
  /** May be changed on the way. */
  faults: NetworkFaults;
  readonly #listeners = new Map<string, BytesListener>();
  readonly #random: () => number;
  #us: string | null = null;
  sent = 0;

  constructor(clock: Clock, faults: NetworkFaults = {}) {
    this.#clock = clock;
    this.faults = faults;
    this.#random = seeded(faults.seed ?? 1);
  }

  endpoint(host: string, port: number): DatagramTransport {
    const own = `${host}:${port}`;
    this.#us ??= own;
    const flowTo = (toHost: string, toPort: number): Flow => ({
      id: `udp:${toHost}:${toPort}`,
      transport: 'UDP',
      isReliable: false,
      remote: { host: toHost, port: toPort },
      isClosed: false,
      send: (bytes) => this.#carry(bytes, own, `${toHost}:${toPort}`),
      close() {},
      onClose: () => ({ dispose() {} }),
    });
    return {
      address: { host, port },
      flowTo,
      start: (listener) => {
        this.#listeners.set(own, listener);
        return Promise.resolve();
      },
      stop: () => {
        this.#listeners.delete(own);
        return Promise.resolve();
      },
    };
  }

  /** Hands bytes to whoever listens at an address, as if they had come over a flow of any kind: a connection, a WebSocket. */
  arriveOver(flow: Flow, bytes: Buffer, host: string, port: number): void {
    this.#listeners.get(`${host}:${port}`)?.(bytes, flow, this.#clock.monotonic());
  }

  #carry(bytes: Buffer, from: string, to: string): void {
    this.sent++;
    const { only } = this.faults;
    const isSpared = only !== undefined && (only === 'towards us' ? to : from) !== this.#us;
    const { loss = 0, duplicate = 0, reorder = 0 } = isSpared ? {} : this.faults;
    const copies = this.#random() < duplicate ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.#random() < loss) continue;
      const delayMs = this.#random() < reorder ? 1 + this.#random() * 1_000 : 1;
      this.#clock.timer(delayMs, () => this.#arrive(bytes, from, to));
    }
  }

  #arrive(bytes: Buffer, from: string, to: string): void {
    const [host = '', port] = from.split(':');
    const [ownHost = '', ownPort] = to.split(':');
    const flow = this.endpoint(ownHost, Number(ownPort)).flowTo(host, Number(port));
    this.#listeners.get(to)?.(Buffer.from(bytes), flow, this.#clock.monotonic());
  }
}

/** mulberry32: small, good enough, the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
