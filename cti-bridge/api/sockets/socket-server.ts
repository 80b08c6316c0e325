import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'socket.io';
import { Server } from 'socket.io';
import type { BridgeToDesktop, DesktopToBridge } from '../../../shared/contracts/bridge-events.ts';
import type { Desk } from '../../flows/ports.ts';
import type { UserSession } from '../../identity/index.ts';
import type { Clock, Log } from '../../kernel/index.ts';
import type { OriginGate } from '../http/origin-gate.ts';
import type { ApiLimits } from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import type { Sessions } from '../ports.ts';
import type { DesktopRegistry } from '../publishers/desktop-registry.ts';
import { serveDesktop } from './serve-desktop.ts';

/** Anything may arrive: what the contract's map promises is only true after the schema has agreed. */
type Inbound = { [Name in keyof DesktopToBridge]: (...args: unknown[]) => void };
export type DesktopIoSocket = Socket<Inbound, BridgeToDesktop, Record<string, never>, { session: UserSession }>;

export interface SocketOptions {
  readonly desk: Desk;
  readonly desktops: DesktopRegistry;
  readonly sessions: Sessions;
  readonly metrics: Metrics;
  readonly gate: OriginGate;
  readonly limits: ApiLimits;
  readonly isDraining: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

export const socketPath = '/socket.io/';

/** socket.io on the HTTP server: WebSocket only, known origins only, and no socket without a session. */
export function attachSockets(server: HttpServer, options: SocketOptions): { close(): Promise<void> } {
  const io = new Server<Inbound, BridgeToDesktop, Record<string, never>, { session: UserSession }>({
    path: socketPath,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 256 * 1024,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: options.limits.pingEveryMs,
    pingTimeout: options.limits.pongLimitMs,
    connectTimeout: options.limits.resumeLimitMs,
    // Upgrades of other paths belong to `upgrade-router.ts`.
    destroyUpgrade: false,
    allowRequest(request, answer) {
      const isAllowed = !options.isDraining() && options.gate.judge(request, 'socket').ok;
      answer(isAllowed ? null : 'refused', isAllowed);
    },
  });

  const sessionOf = (auth: unknown): UserSession | null => {
    const token: unknown = typeof auth === 'object' && auth !== null ? Reflect.get(auth, 'token') : undefined;
    return typeof token === 'string' && token.length <= 200 ? options.sessions.find(token) : null;
  };
  io.use((socket, next) => {
    const session = sessionOf(socket.handshake.auth);
    if (!session) return next(Object.assign(new Error('unauthorized'), { data: { code: 'unauthorized', message: 'Sign in first.' } }));
    socket.data.session = session;
    next();
  });
  io.on('connection', (socket) => {
    // The session may have ended since the check above, a turn of the event loop ago.
    if (sessionOf(socket.handshake.auth) === socket.data.session) serveDesktop(socket, options);
    else socket.disconnect(true);
  });
  io.attach(server);

  return {
    // Transports are closed rather than sockets dismissed, so that desktops come back by themselves to whoever takes over.
    async close() {
      for (const socket of io.sockets.sockets.values()) socket.conn.close();
      io.engine.close();
    },
  };
}
