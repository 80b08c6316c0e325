import type { Disposable } from '../../kernel/index.ts';

export type FlowTransport = 'UDP' | 'TCP' | 'TLS' | 'WS' | 'WSS';

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** Where somebody is, and what is spoken there. */
export interface Origin extends SocketAddress {
  readonly transport: FlowTransport;
}

/**
 * The way to one neighbour and back: a connection, or a pair of UDP addresses (RFC 5626 §3.1). It is the routing key: what belongs to a
 * flow goes out on that flow, whatever the neighbour wrote into its Contact.
 */
export interface Flow {
  /** Unique; equal ids are the same flow. */
  readonly id: string;
  readonly transport: FlowTransport;
  /** True where the transport itself repeats what is lost, which is all but UDP: no retransmission timers then. */
  readonly isReliable: boolean;
  readonly remote: SocketAddress;
  /** Who is at the far end, where a proxy of ours stands between: it is the neighbour then. */
  readonly origin?: Origin;
  /** Our own end, where it is known; the address may be a wildcard. */
  readonly local?: SocketAddress;
  readonly isClosed: boolean;
  /** Never throws; on a closed flow nothing is sent. */
  send(bytes: Buffer): void;
  close(why: string): void;
  /** Told once; at once when it is closed already. A UDP flow never closes. */
  onClose(listener: () => void): Disposable;
  /** UDP: another port of the same neighbour, reached from the same socket of ours. */
  beside?(port: number): Flow;
  /** A connection that we opened: the same once more, for when it has closed. */
  again?(): Flow;
  /**
   * Connections: strangers are closed after 30 s; the registrar, and whoever checked a password, says who is none.
   */
  markAuthenticated?(isAuthenticated: boolean): void;
}

/** True for a browser's phone (RFC 7118): it came to us and can be reached in no other way. */
export const isWebSocket = ({ transport }: Pick<Flow, 'transport'>): boolean => transport === 'WS' || transport === 'WSS';

/** Who is at the far end: the neighbour himself, or whom a proxy of ours speaks for. */
export const originOf = ({ transport, remote, origin }: Pick<Flow, 'transport' | 'remote' | 'origin'>): Origin =>
  origin ?? { transport, host: remote.host, port: remote.port };

/** A way that is gone, or never was: whoever waits for its end is told at once. */
export function closedFlow(id: string, transport: FlowTransport, { host, port }: SocketAddress): Flow {
  return {
    id,
    transport,
    isReliable: true,
    remote: { host, port },
    isClosed: true,
    send() {},
    close() {},
    onClose(listener) {
      listener();
      return { dispose() {} };
    },
  };
}

/** A neighbour to connect to. */
export interface StreamTarget extends SocketAddress {
  readonly transport: 'TCP' | 'TLS';
  /** TLS: the name that the neighbour's certificate must bear (RFC 5922 §7.1); the address itself without it. */
  readonly serverName?: string;
  /** TLS: whose signature on that certificate is believed, PEM; the machine's usual authorities without it. */
  readonly authorities?: readonly string[];
}

/** The ways out to a neighbour that need not have come to us first. */
export interface Outlets {
  /** UDP to a literal address. */
  datagram(host: string, port: number): Flow;
  /** Opens a connection to a literal address or uses the one that is open. What is sent before it stands waits for it; one that cannot be made closes. */
  stream(target: StreamTarget): Flow;
}

/** Bytes that came in, with the moment they came (monotonic ms, taken at the socket). */
export type BytesListener = (bytes: Buffer, flow: Flow, receivedAt: number) => void;

/** A way to exchange datagrams; the UDP socket in production, a lossy network in memory in tests. */
export interface DatagramTransport {
  /** Address actually bound, once `start` resolved. */
  readonly address: SocketAddress;
  start(listener: BytesListener): Promise<void>;
  /** The flow to that address; the same address gives a flow of the same id. */
  flowTo(host: string, port: number): Flow;
  stop(): Promise<void>;
}
