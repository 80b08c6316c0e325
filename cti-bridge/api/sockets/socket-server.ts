import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'socket.io';
import { Server } from 'socket.io';
import type { BridgeToDesktop, DesktopToBridge } from '../../../shared/contracts/bridge-events.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Guides } from '../../flows/guides.ts';
import type { Knowledge } from '../../flows/knowledge.ts';
import type {
  Administration,
  CallFeatures,
  CustomerCommands,
  Desk,
  Figures,
  FlowCommands,
  Help,
  InboxCommands,
  Supervision,
} from '../../flows/ports.ts';
import type { Prompts } from '../../flows/prompts.ts';
import type { UserSession } from '../../identity/index.ts';
import type { Clock, Log } from '../../kernel/index.ts';
import type { OriginGate } from '../http/origin-gate.ts';
import type { ApiLimits } from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import type { PhoneDoor } from '../phone-of.ts';
import type { Sessions } from '../ports.ts';
import type { DesktopRegistry } from '../publishers/desktop-registry.ts';
import type { SoundPaths } from '../publishers/sound-paths.ts';
import { ReplacedTokens } from './replaced-tokens.ts';
import { serveDesktop } from './serve-desktop.ts';

/** Anything may arrive: what the contract's map promises is only true after the schema has agreed. */
type Inbound = { [Name in keyof DesktopToBridge]: (...args: unknown[]) => void };
export type DesktopIoSocket = Socket<Inbound, BridgeToDesktop, Record<string, never>, { session: UserSession }>;

export interface SocketOptions {
  readonly desk: Desk;
  readonly supervision: Supervision;
  readonly administration: Administration;
  readonly customers: CustomerCommands;
  readonly calls: CallFeatures;
  readonly prompts: Prompts;
  readonly flows: FlowCommands;
  readonly guides: Guides;
  readonly inbox: InboxCommands;
  readonly help: Help;
  readonly figures: Figures;
  readonly knowledge: Knowledge;
  readonly soundPaths: SoundPaths;
  readonly phone: PhoneDoor;
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

  const replaced = new ReplacedTokens();
  const onEnded = options.sessions.onEnded((session, why) => replaced.ended(session.sessionId, why === 'replaced'));
  io.use((socket, next) => {
    const token = tokenOf(socket.handshake.auth);
    const session = token === null ? null : options.sessions.find(token);
    if (session) {
      socket.data.session = session;
      return next();
    }
    const error: WireError =
      token !== null && replaced.has(token)
        ? { code: 'session_replaced', message: 'This user has signed in at another desktop.' }
        : { code: 'unauthorized', message: 'Sign in first.' };
    next(Object.assign(new Error(error.code), { data: error }));
  });
  io.on('connection', (socket) => {
    const { session } = socket.data;
    const token = tokenOf(socket.handshake.auth);
    // The session may have ended since the check above, a turn of the event loop ago.
    if (token === null || options.sessions.find(token) !== session) return void socket.disconnect(true);
    replaced.connected(session.sessionId, token);
    serveDesktop(socket, options);
  });
  io.attach(server);

  return {
    // Transports are closed rather than sockets dismissed, so that desktops come back by themselves to whoever takes over.
    async close() {
      for (const socket of io.sockets.sockets.values()) socket.conn.close();
      io.engine.close();
      await onEnded.dispose();
    },
  };
}

function tokenOf(auth: unknown): string | null {
  const token: unknown = typeof auth === 'object' && auth !== null ? Reflect.get(auth, 'token') : undefined;
  return typeof token === 'string' && token.length <= 200 ? token : null;
}
