import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Certificate, Clock, IdSource, Log } from '../../kernel/index.ts';
import type { ConnectionLimitsOptions } from './connection-limits.ts';
import { ConnectionLimits } from './connection-limits.ts';
import type { BytesListener, DatagramTransport, Flow, Outlets, SocketAddress } from './flow.ts';
import type { StreamListener } from './streams.ts';
import { createStreams } from './streams.ts';
import { createUdpTransport } from './udp.ts';
import { createUdpListeners } from './udp-listeners.ts';
import { createWebSocketTransport } from './websocket.ts';

export interface Listener extends SocketAddress {
  readonly transport: 'UDP' | 'TCP' | 'TLS';
}

export interface TransportsOptions {
  readonly listeners: readonly Listener[];
  readonly certificate: Certificate | null;
  readonly limits: Partial<ConnectionLimitsOptions>;
  /** In place of the first UDP socket. */
  readonly datagrams?: DatagramTransport | undefined;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** An address whose connections need not register: a trunk's. */
  readonly isTrusted: (host: string) => boolean;
  readonly onBytes: BytesListener;
  /** The head of a message in a stream whose end cannot be found; its flow closes. */
  readonly onUnframed: (head: Buffer, flow: Flow, status: 400 | 513, text: string) => void;
  /** A flow with a connection under it closed. */
  readonly onClosed: (flow: Flow) => void;
}

/** All the ways in and out under one roof, with one count of connections. */
export interface Transports {
  /** As bound once `start` resolved, in the order of `listeners`. */
  readonly addresses: readonly Listener[];
  readonly outlets: Outlets;
  start(): Promise<void>;
  acceptUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  counters(): Readonly<Record<'webSockets' | 'streams' | 'connections' | 'strangers', number>>;
  stop(): Promise<void>;
}

export function createTransports(options: TransportsOptions): Transports {
  const { listeners, clock, ids, log, onBytes, isTrusted } = options;
  const limits = new ConnectionLimits(options.limits);
  const onOpen = (flow: Flow) => void flow.onClose(() => options.onClosed(flow));
  const sockets = listeners
    .filter(({ transport }) => transport === 'UDP')
    .map(({ host, port }, index) =>
      index === 0 && options.datagrams
        ? options.datagrams
        : createUdpTransport({ host, port, clock, log, ...(index === 0 ? {} : { name: `udp${index + 1}` }) }),
    );
  const udp = createUdpListeners(sockets);
  const streams = createStreams({
    listeners: listeners.filter((listener): listener is StreamListener => listener.transport !== 'UDP'),
    certificate: options.certificate,
    clock,
    ids,
    log,
    limits,
    isTrusted,
    onBytes,
    onUnframed: options.onUnframed,
    onOpen,
  });
  const webSockets = createWebSocketTransport({ clock, ids, log, limits, onBytes, onOpen });
  return {
    get addresses() {
      const ofUdp = sockets.values();
      const ofStreams = streams.addresses.values();
      return listeners.map((listener) => ({
        ...listener,
        ...(listener.transport === 'UDP' ? ofUdp.next().value?.address : ofStreams.next().value),
      }));
    },
    outlets: { datagram: (host, port) => udp.flowTo(host, port), stream: (target) => streams.flowTo(target) },
    async start() {
      await udp.start(onBytes);
      await streams.start().catch(async (error: unknown) => {
        await udp.stop();
        throw error;
      });
    },
    acceptUpgrade: (request, socket, head) => webSockets.acceptUpgrade(request, socket, head),
    counters: () => ({
      webSockets: webSockets.openFlows,
      streams: streams.openFlows,
      connections: limits.open,
      strangers: limits.strangers,
    }),
    async stop() {
      await webSockets.stop();
      await streams.stop();
      await udp.stop();
    },
  };
}
