import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Clock, IdSource, Log } from '../../kernel/index.ts';
import { Scope } from '../../kernel/index.ts';
import { maxMessageBytes } from '../message/index.ts';
import type { ConnectionLimits, Place } from './connection-limits.ts';
import type { BytesListener, Flow } from './flow.ts';

/** How often we ask whether the other side is there, and how long it may think: a half-open socket is found within 15 s. */
const pingEveryMs = 10_000;
const pongLimitMs = 4_500;
/** A flow that nobody has authenticated on is a stranger holding a socket open. */
const strangerLimitMs = 30_000;
/** More messages a second than any phone has to say. */
const maxMessagesPerSecond = 200;
/** What may wait for a slow reader before we call it gone. */
const maxBufferedBytes = 1 << 20;

export interface WebSocketFlow extends Flow {
  /** Strangers are closed after 30 s; the registrar says who is none. */
  markAuthenticated(isAuthenticated: boolean): void;
}

export interface WebSocketTransport {
  acceptUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly openFlows: number;
  stop(): Promise<void>;
}

export interface WebSocketOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly limits: ConnectionLimits;
  readonly onBytes: BytesListener;
  readonly onOpen: (flow: WebSocketFlow) => void;
}

/** SIP over WebSocket, server side (RFC 7118). One message per frame; the HTTP server belongs to somebody else. */
export function createWebSocketTransport(options: WebSocketOptions): WebSocketTransport {
  const { clock, ids, log, limits, onBytes, onOpen } = options;
  const flows = new Map<WebSocketFlow, WebSocket>();
  let isStopped = false;
  // RFC 7118 §4.1: without the sub-protocol it is not SIP.
  const server = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: maxMessageBytes, handleProtocols: () => 'sip' });

  function open(socket: WebSocket, remote: { readonly host: string; readonly port: number }, isSecure: boolean, place: Place): void {
    const scope = new Scope('sip:ws', clock, (error) => log.error('sip:ws-fault', { error: String(error) }));
    const closed = new Set<() => void>();
    let stranger = scope.timer(strangerLimitMs, () => flow.close('not authenticated'));
    let isClosed = false;
    let second = 0;
    let messagesInSecond = 0;

    const flow: WebSocketFlow = {
      id: `ws:${ids.next()}`,
      transport: isSecure ? 'WSS' : 'WS',
      isReliable: true,
      remote,
      get isClosed() {
        return isClosed;
      },
      send(bytes) {
        if (isClosed) return;
        if (socket.bufferedAmount > maxBufferedBytes) return flow.close('reader too slow');
        socket.send(bytes, { binary: false }, (error) => {
          if (error) flow.close('send failed');
        });
      },
      close(why) {
        if (isClosed) return;
        log.debug('sip:ws-closed', { flow: flow.id, why });
        socket.close(1001, why);
        gone();
        // A peer that is really gone will not answer the closing handshake.
        const patience = clock.timer(1_000, () => socket.terminate());
        socket.once('close', () => patience.cancel());
      },
      onClose(listener) {
        if (isClosed) listener();
        else closed.add(listener);
        return { dispose: () => void closed.delete(listener) };
      },
      markAuthenticated(isAuthenticated) {
        if (isClosed) return;
        void stranger.dispose();
        place.settle(isAuthenticated);
        if (!isAuthenticated) stranger = scope.timer(strangerLimitMs, () => flow.close('not authenticated'));
      },
    };

    function gone(): void {
      if (isClosed) return;
      isClosed = true;
      flows.delete(flow);
      place.leave();
      void scope.end('closed');
      for (const listener of [...closed]) listener();
      closed.clear();
    }

    function ping(): void {
      socket.ping();
      const limit = scope.timer(pongLimitMs, () => {
        flow.close('no pong');
        socket.terminate();
      });
      socket.once('pong', () => void limit.dispose());
      scope.timer(pingEveryMs, ping);
    }

    flows.set(flow, socket);
    socket.on('message', (data, isBinary) => {
      if (isClosed) return;
      const receivedAt = clock.monotonic();
      if (Math.floor(receivedAt / 1_000) !== second) {
        second = Math.floor(receivedAt / 1_000);
        messagesInSecond = 0;
      }
      if (++messagesInSecond > maxMessagesPerSecond) return flow.close('too many messages');
      const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
      if (isLineBreaksOnly(bytes)) {
        // RFC 5626 §3.5.1: a double CRLF asks whether we are alive, a single one says so.
        if (bytes.length >= 4) flow.send(Buffer.from('\r\n'));
        return;
      }
      if (isBinary) log.debug('sip:ws-binary', { flow: flow.id });
      onBytes(bytes, flow, receivedAt);
    });
    socket.on('close', gone);
    socket.on('error', (error) => {
      log.debug('sip:ws-error', { flow: flow.id, error: error.message });
      flow.close('error');
    });
    scope.timer(pingEveryMs, ping);
    onOpen(flow);
  }

  return {
    get openFlows() {
      return flows.size;
    },
    acceptUpgrade(request, socket, head) {
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim().toLowerCase());
      const problem = isStopped ? '503 Service Unavailable' : offered.includes('sip') ? null : '400 Bad Request';
      if (problem !== null) {
        socket.end(`HTTP/1.1 ${problem}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const remote = { host: request.socket.remoteAddress ?? '', port: request.socket.remotePort ?? 0 };
      const place = limits.admit(remote.host, false, () => socket.destroy());
      if (!place) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 10\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      socket.once('close', () => place.leave());
      server.handleUpgrade(request, socket, head, (client) => open(client, remote, 'encrypted' in request.socket, place));
    },
    stop() {
      isStopped = true;
      for (const [flow, socket] of [...flows]) {
        flow.close('shutting down');
        socket.terminate();
      }
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const isLineBreaksOnly = (bytes: Buffer): boolean => bytes.length <= 64 && bytes.every((byte) => byte === 13 || byte === 10);
