import type { Server, Socket } from 'node:net';
import { connect, createServer, isIP } from 'node:net';
import type { Server as TlsServer } from 'node:tls';
import { createServer as createTlsServer, connect as tlsConnect } from 'node:tls';
import type { Certificate, Clock, Disposable, IdSource, Log, TimerHandle } from '../../kernel/index.ts';
import { formatHostPort } from '../message/index.ts';
import type { ConnectionLimits, Place } from './connection-limits.ts';
import { type BytesListener, closedFlow, type Flow, type SocketAddress, type StreamTarget } from './flow.ts';
import { createStreamFlow } from './stream-flow.ts';

/** From the connecting to the first whole message, the TLS handshake included. */
const helloLimitMs = 10_000;
/** How long a connection of ours may take to stand: a second trunk must be tried within 4 s. */
const connectLimitMs = 3_000;
const oldestTls = 'TLSv1.2';

export interface StreamListener extends SocketAddress {
  readonly transport: 'TCP' | 'TLS';
}

export interface StreamsOptions {
  readonly listeners: readonly StreamListener[];
  /** Needed by TLS listeners; where we are asked for it, also shown on connections of ours. */
  readonly certificate: Certificate | null;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly limits: ConnectionLimits;
  /** An address whose connections need not register: a trunk's. */
  readonly isTrusted: (host: string) => boolean;
  readonly onBytes: BytesListener;
  readonly onUnframed: (head: Buffer, flow: Flow, status: 400 | 513, text: string) => void;
  readonly onOpen: (flow: Flow) => void;
}

export interface Streams {
  /** As bound, in the order of `listeners`. */
  readonly addresses: readonly StreamListener[];
  readonly openFlows: number;
  start(): Promise<void>;
  /** See `Outlets.stream`. */
  flowTo(target: StreamTarget): Flow;
  stop(): Promise<void>;
}

/** A socket that was let in, until its first message. */
interface Arrival {
  readonly place: Place;
  readonly hello: TimerHandle;
}

/** SIP over TCP and TLS (RFC 3261 §18, §26.3), both ways. */
export function createStreams(options: StreamsOptions): Streams {
  const { certificate, clock, ids, log, limits, onBytes, onUnframed, onOpen } = options;
  const servers: Server[] = [];
  const bound: StreamListener[] = [];
  const sockets = new Set<Socket>();
  const flows = new Set<Flow>();
  /** Connections of ours by where they go. */
  const outgoing = new Map<string, Flow>();
  /** By both ends: the socket under TLS and the one above it are told of apart, and one port may have come to two listeners. */
  const arrivals = new Map<string, Arrival>();
  let replaced: Disposable | undefined;
  let isStopped = false;

  const nameOf = (socket: Socket) => `${formatHostPort(socket.remoteAddress ?? '', socket.remotePort ?? 0)} ${socket.localPort}`;

  /** False when there is no room. */
  function admit(socket: Socket): boolean {
    const host = socket.remoteAddress;
    // It may be gone before we look.
    const place = host === undefined || isStopped ? null : limits.admit(host, options.isTrusted(host), () => socket.destroy());
    if (!place) {
      socket.destroy();
      return false;
    }
    const name = nameOf(socket);
    const hello = clock.timer(helloLimitMs, () => {
      log.debug('sip:stream-slow-hello', { host });
      socket.destroy();
    });
    arrivals.set(name, { place, hello });
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      hello.cancel();
      place.leave();
      sockets.delete(socket);
      arrivals.delete(name);
    });
    return true;
  }

  function accept(socket: Socket, transport: 'TCP' | 'TLS'): void {
    const arrival = arrivals.get(nameOf(socket));
    if (!arrival) return void socket.destroy();
    const remote = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    const flow = createStreamFlow(socket, {
      id: `${transport.toLowerCase()}:${ids.next()}`,
      transport,
      remote,
      clock,
      log,
      isTrusted: options.isTrusted(remote.host),
      isOurs: false,
      onBytes,
      onUnframed,
      onHello: () => arrival.hello.cancel(),
      onAuthenticated: (isAuthenticated) => arrival.place.settle(isAuthenticated),
    });
    keep(flow);
  }

  function keep(flow: Flow): void {
    flows.add(flow);
    flow.onClose(() => flows.delete(flow));
    onOpen(flow);
  }

  function tlsServer(): TlsServer {
    if (!certificate) throw new TypeError('a TLS listener needs a certificate');
    const server = createTlsServer({ ...certificate.current, minVersion: oldestTls }, (socket) => accept(socket, 'TLS'));
    server.on('tlsClientError', (error, socket) => {
      log.debug('sip:tls-handshake-failed', { error: error.message });
      socket.destroy();
    });
    return server;
  }

  async function listen({ transport, host, port }: StreamListener, tls: TlsServer | undefined): Promise<void> {
    const server = createServer((socket) => {
      if (!admit(socket)) return;
      if (tls && transport === 'TLS') tls.emit('connection', socket);
      else accept(socket, transport);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, ipv6Only: true, backlog: 1_024 }, () => {
        server.off('error', reject);
        server.on('error', (error) => log.warn('sip:listener-error', { error: error.message }));
        resolve();
      });
    });
    servers.push(server);
    const address = server.address();
    bound.push({ transport, host, port: typeof address === 'object' && address !== null ? address.port : port });
  }

  function open(target: StreamTarget): Flow {
    const { transport, host, port, serverName, authorities } = target;
    const secured = {
      host,
      port,
      minVersion: oldestTls,
      ...(serverName !== undefined && isIP(serverName) === 0 ? { servername: serverName } : {}),
      ...(authorities ? { ca: [...authorities] } : {}),
      ...(certificate ? certificate.current : {}),
    } as const;
    const socket = transport === 'TLS' ? tlsConnect(secured) : connect({ host, port });
    const flow = createStreamFlow(socket, {
      id: `${transport.toLowerCase()}:${ids.next()}`,
      transport,
      remote: { host, port },
      clock,
      log,
      isTrusted: true,
      isOurs: true,
      again: () => flowTo(target),
      onBytes,
      onUnframed,
    });
    const limit = clock.timer(connectLimitMs, () => {
      flow.close('could not connect in time');
      socket.destroy();
    });
    socket.once(transport === 'TLS' ? 'secureConnect' : 'connect', () => limit.cancel());
    flow.onClose(() => limit.cancel());
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return flow;
  }

  function flowTo(target: StreamTarget): Flow {
    const key = `${target.transport} ${formatHostPort(target.host, target.port)} ${target.serverName ?? ''}`;
    const present = outgoing.get(key);
    if (present && !present.isClosed) return present;
    // Only literal addresses: a name in a Contact must not make us ask the DNS.
    if (isStopped || isIP(target.host) === 0) return closedFlow('closed', target.transport, target);
    const flow = open(target);
    outgoing.set(key, flow);
    flow.onClose(() => outgoing.get(key) === flow && outgoing.delete(key));
    keep(flow);
    return flow;
  }

  return {
    get addresses() {
      return bound;
    },
    get openFlows() {
      return flows.size;
    },
    async start() {
      const tls = options.listeners.some(({ transport }) => transport === 'TLS') ? tlsServer() : undefined;
      replaced = tls && certificate?.onReplaced((pair) => tls.setSecureContext({ ...pair, minVersion: oldestTls }));
      for (const listener of options.listeners) await listen(listener, tls);
    },
    flowTo,
    async stop() {
      isStopped = true;
      void replaced?.dispose();
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const flow of [...flows]) flow.close('shutting down');
      for (const socket of [...sockets]) socket.destroySoon();
      const patience = clock.timer(1_000, () => {
        for (const socket of [...sockets]) socket.destroy();
      });
      await Promise.all(closed);
      patience.cancel();
    },
  };
}
