import type { Disposable } from '../../kernel/index.ts';

/**
 * The way to one neighbour and back: a WebSocket, or a pair of UDP addresses (RFC 5626 §3.1). It is the routing key: what belongs to a
 * flow goes out on that flow, whatever the neighbour wrote into its Contact.
 */
export interface Flow {
  /** Unique; equal ids are the same flow. */
  readonly id: string;
  readonly transport: 'UDP' | 'WS';
  /** True where the transport itself repeats what is lost: no retransmission timers then. */
  readonly isReliable: boolean;
  readonly remote: { readonly host: string; readonly port: number };
  readonly isClosed: boolean;
  /** Never throws; on a closed flow nothing is sent. */
  send(bytes: Buffer): void;
  close(why: string): void;
  /** Told once; at once when it is closed already. A UDP flow never closes. */
  onClose(listener: () => void): Disposable;
}

/** Bytes that came in, with the moment they came (monotonic ms, taken at the socket). */
export type BytesListener = (bytes: Buffer, flow: Flow, receivedAt: number) => void;

/** A way to exchange datagrams; the UDP socket in production, a lossy network in memory in tests. */
export interface DatagramTransport {
  /** Address actually bound, once `start` resolved. */
  readonly address: { readonly host: string; readonly port: number };
  start(listener: BytesListener): Promise<void>;
  /** The flow to that address; the same address gives a flow of the same id. */
  flowTo(host: string, port: number): Flow;
  stop(): Promise<void>;
}
