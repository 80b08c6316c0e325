import { isIP } from 'node:net';
import type { Disposable } from '../../kernel/index.ts';
import type { ReceivedRequest } from '../message/index.ts';
import { headerLines } from '../message/index.ts';
import type { Flow, Origin } from './flow.ts';
import { originOf } from './flow.ts';

/** In it an edge proxy says from where it had a request: `203.0.113.7:5060;transport=tls`. It takes away what others wrote there. */
const originHeader = 'X-Received-From';

/** Null for anything but a literal address with its port. */
export function readOrigin(value: string): Origin | null {
  const [, bracketed, plain, port, transport = 'udp'] =
    /^(?:\[([0-9a-f:.]{2,45})\]|([0-9.]{7,15})):(\d{1,5})(?:;transport=(udp|tcp|tls|wss?))?$/i.exec(value.trim()) ?? [];
  const host = bracketed ?? plain ?? '';
  if (isIP(host) !== (bracketed === undefined ? 4 : 6) || Number(port) > 65_535) return null;
  return { host: host.toLowerCase(), port: Number(port), transport: transport.toUpperCase() as Origin['transport'] };
}

/**
 * Proxies of our own in front of this bridge (Kamailio, for one). All that comes from one of them comes over one flow; so each of those behind
 * it gets a flow of his own here, which says where he is, leads to the proxy, and can be closed without closing anything to others.
 */
export class EdgeFlows {
  readonly #edges: ReadonlySet<string>;
  /** Those that somebody watches; others are made anew for each message. */
  readonly #watched = new Map<string, EdgeFlow>();

  constructor(edges: readonly string[]) {
    this.#edges = new Set(edges);
  }

  isEdge(host: string): boolean {
    return this.#edges.has(host);
  }

  /** The flow of whoever sent this; `flow` itself where no proxy of ours says who that is. */
  flowOf(request: ReceivedRequest, flow: Flow): Flow {
    if (!this.isEdge(flow.remote.host)) return flow;
    const [line, ...more] = headerLines(request, originHeader);
    const origin = line === undefined || more.length > 0 ? null : readOrigin(line);
    if (!origin) return flow;
    const id = `${flow.transport} ${flow.remote.host} < ${origin.transport} ${origin.host} ${origin.port}`;
    const known = this.#watched.get(id);
    known?.comesBy(flow);
    return known ?? new EdgeFlow(id, origin, flow, this.#watched);
  }
}

class EdgeFlow implements Flow {
  readonly id: string;
  readonly origin: Origin;
  isClosed = false;
  #edge: Flow;
  readonly #watched: Map<string, EdgeFlow>;
  readonly #listeners = new Set<() => void>();

  constructor(id: string, origin: Origin, edge: Flow, watched: Map<string, EdgeFlow>) {
    this.id = id;
    this.origin = origin;
    this.#edge = edge;
    this.#watched = watched;
  }

  get transport() {
    return this.#edge.transport;
  }

  get isReliable() {
    return this.#edge.isReliable;
  }

  get remote() {
    return this.#edge.remote;
  }

  get local() {
    return this.#edge.local ?? { host: '0.0.0.0', port: 0 };
  }

  /** The proxy may have another connection to us by now. */
  comesBy(edge: Flow): void {
    this.#edge = edge;
  }

  send(bytes: Buffer): void {
    if (!this.isClosed) this.#edge.send(bytes);
  }

  beside(port: number): Flow {
    return this.#edge.beside?.(port) ?? this.#edge;
  }

  /** This one is done with; the proxy and all others behind it are not. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#watched.delete(this.id);
    for (const listener of [...this.#listeners]) listener();
    this.#listeners.clear();
  }

  onClose(listener: () => void): Disposable {
    if (this.isClosed) {
      listener();
      return { dispose() {} };
    }
    const entry = () => listener();
    this.#listeners.add(entry);
    this.#watched.set(this.id, this);
    return {
      dispose: () => {
        this.#listeners.delete(entry);
        if (this.#listeners.size === 0 && this.#watched.get(this.id) === this) this.#watched.delete(this.id);
      },
    };
  }
}

/** A browser's phone, at our own door or at that of a proxy of ours. */
export const isBrowsers = (flow: Pick<Flow, 'transport' | 'remote' | 'origin'>): boolean =>
  ['WS', 'WSS'].includes(originOf(flow).transport);
