import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../flows/customers/exchange.ts';
import type { Exports } from '../flows/customers/exports.ts';
import type { Guides } from '../flows/guides.ts';
import type { Knowledge } from '../flows/knowledge.ts';
import type { DocumentUploads } from '../flows/messages/document-uploads.ts';
import type { MailPages } from '../flows/messages/mail-pages.ts';
import type { MessageDownloads } from '../flows/messages/message-downloads.ts';
import type { MessagePages } from '../flows/messages/message-pages.ts';
import type {
  Administration,
  Attachments,
  CallFeatures,
  CustomerCommands,
  Desk,
  Figures,
  FlowStudio,
  Help,
  ImportUploads,
  InboxCommands,
  Listening,
  Supervision,
} from '../flows/ports.ts';
import type { Prompts } from '../flows/prompts.ts';
import type { SessionEnd, UserSession } from '../identity/index.ts';
import type { Certificate, Clock, Disposable, Log, Mount } from '../kernel/index.ts';
import { buildHttpServer } from './http/http-server.ts';
import { OriginGate } from './http/origin-gate.ts';
import type { ApiLimits } from './limits.ts';
import { defaultLimits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { PhoneDoor } from './phone-of.ts';
import type { ClientBearers, HealthReasons, Sessions } from './ports.ts';
import type { DesktopRegistry } from './publishers/desktop-registry.ts';
import { type Relay, SoundPaths } from './publishers/sound-paths.ts';
import { attachSockets } from './sockets/socket-server.ts';
import type { AcceptUpgrade } from './sockets/upgrade-router.ts';
import { routeUpgrades } from './sockets/upgrade-router.ts';
import { StartError } from './start-error.ts';

export interface ApiOptions {
  readonly host: string;
  /** 0 takes any free port; `start` says which. */
  readonly port: number;
  /** Other names of this bridge (Host header). */
  readonly names: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** With it everything here goes over TLS; null: nothing does. */
  readonly certificate?: Certificate | null;
  readonly rendererFolder: string;
  /** What a phone of ours is told at log-in: where to connect and at which domain to register. */
  readonly phone: PhoneDoor;
  /** What carries the sound of desktops whose network lets none through. */
  readonly relay?: Relay | null;
  readonly acceptSipUpgrade: AcceptUpgrade;
  readonly desk: Desk;
  readonly supervision: Supervision;
  readonly administration: Administration;
  readonly customers: CustomerCommands;
  readonly calls: CallFeatures;
  readonly prompts: Prompts;
  readonly flows: FlowStudio;
  readonly guides: Guides;
  readonly inbox: InboxCommands;
  readonly help: Help;
  readonly figures: Figures;
  readonly knowledge: Knowledge;
  readonly messages: MessageDownloads & MailPages;
  readonly messagePages: MessagePages;
  readonly documents: DocumentUploads;
  /** What channels answer by themselves at our address. */
  readonly mounts: readonly Mount[];
  readonly attachments: Attachments;
  readonly listening: Listening;
  readonly imports: ImportUploads;
  readonly desktops: DesktopRegistry;
  readonly exchange: Exchange;
  readonly exports: Exports;
  readonly sessions: Sessions;
  readonly clients: ClientBearers;
  readonly metrics: Metrics;
  readonly health: HealthReasons;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<ApiLimits>;
}

export interface Api {
  /** Listens. Rejects with a `StartError` that can be shown as it is. */
  start(): Promise<{ readonly host: string; readonly port: number }>;
  /** Refuses new log-ins and sockets and says so on the health page; what runs goes on. */
  drain(): void;
  /** Ends every socket (desktops come back by themselves), then the server. Idempotent. */
  stop(): Promise<void>;
}

/** How long connections may take to end by themselves at the stop before they are cut. */
const closeLimitMs = 1_000;

export function createApi(options: ApiOptions): Api {
  const { desk, supervision, administration, customers, calls, prompts, flows, inbox, desktops, sessions, clock, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  let isDraining = false;
  let port = options.port;
  const soundPaths = new SoundPaths(options.relay ?? null, clock);
  let running: {
    readonly app: FastifyInstance;
    readonly sockets: { close(): Promise<void> };
    readonly connections: Set<Socket>;
    readonly onEnded: Disposable;
    readonly renewing: Disposable;
  } | null = null;
  const gate = new OriginGate({ host: options.host, port: () => port, names: options.names, allowedOrigins: options.allowedOrigins });

  const onSessionEnded = (session: UserSession, why: SessionEnd) => {
    const line = desktops.remove(session);
    supervision.unwatch(session.sessionId);
    if (!line) return;
    // The desk is told first: what it pushes in answer goes nowhere, the line is already forgotten.
    line.retract(desk, why === 'expired' ? 'loggedOut' : why);
    if (why === 'replaced') line.dismiss({ name: 'session:replaced', payload: { at: clock.now() } });
    else line.dismiss();
  };

  return {
    async start() {
      const { app } = await buildHttpServer({
        sessions,
        clients: options.clients,
        exchange: options.exchange,
        exports: options.exports,
        desk,
        administration,
        prompts,
        flows,
        guides: options.guides,
        attachments: options.attachments,
        listening: options.listening,
        imports: options.imports,
        clock,
        gate,
        phone: options.phone,
        limits,
        isDraining: () => isDraining,
        metrics: options.metrics,
        health: options.health,
        certificate: options.certificate ?? null,
        rendererFolder: options.rendererFolder,
        messages: options.messages,
        messagePages: options.messagePages,
        documents: options.documents,
        mounts: options.mounts,
        log,
      });
      const sockets = attachSockets(app.server, {
        desk,
        supervision,
        administration,
        customers,
        calls,
        prompts,
        flows,
        guides: options.guides,
        inbox,
        help: options.help,
        figures: options.figures,
        knowledge: options.knowledge,
        soundPaths,
        phone: options.phone,
        desktops,
        sessions,
        metrics: options.metrics,
        gate,
        limits,
        isDraining: () => isDraining,
        clock,
        log,
      });
      routeUpgrades(app.server, {
        gate,
        sipPath: options.phone.webSocketPath,
        mounts: options.mounts,
        acceptSip: options.acceptSipUpgrade,
        isDraining: () => isDraining,
      });
      const connections = new Set<Socket>();
      app.server.on('connection', (socket: Socket) => {
        connections.add(socket);
        socket.once('close', () => connections.delete(socket));
      });
      try {
        await app.listen({ host: options.host, port: options.port });
      } catch (error) {
        await sockets.close();
        await app.close();
        throw StartError.from(error, options.host, options.port);
      }
      const address = app.server.address();
      if (typeof address === 'object' && address !== null) port = address.port;
      running = { app, sockets, connections, onEnded: sessions.onEnded(onSessionEnded), renewing: soundPaths.keepRenewed(desktops) };
      log.info('api:listening', { host: options.host, port });
      return { host: options.host, port };
    },

    drain() {
      isDraining = true;
    },

    async stop() {
      isDraining = true;
      const stopping = running;
      running = null;
      if (!stopping) return;
      for (const line of desktops.all()) line.retract(desk, 'shutdown');
      await stopping.sockets.close();
      const cut = clock.timer(closeLimitMs, () => {
        for (const socket of stopping.connections) socket.destroy();
      });
      await stopping.app.close();
      cut.cancel();
      await stopping.onEnded.dispose();
      await stopping.renewing.dispose();
    },
  };
}
