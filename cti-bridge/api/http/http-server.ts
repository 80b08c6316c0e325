import type { Server as HttpsServer } from 'node:https';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { seconds } from '../../../shared/duration.ts';
import type { Certificate, Log, Mount } from '../../kernel/index.ts';
import type { ApiLimits } from '../limits.ts';
import type { ClientBearers, Sessions } from '../ports.ts';
import type { AttachmentOptions } from './attachments.ts';
import { attachmentRoutes } from './attachments.ts';
import { crossOrigin } from './cross-origin.ts';
import { docsRoutes } from './docs.ts';
import type { DocumentOptions } from './documents.ts';
import { documentRoutes } from './documents.ts';
import type { ExchangeOptions } from './exchange.ts';
import { exchangeRoutes } from './exchange.ts';
import type { ExportOptions } from './exports.ts';
import { exportRoutes } from './exports.ts';
import type { ImportOptions } from './imports.ts';
import { importRoutes } from './imports.ts';
import type { LoginOptions } from './login.ts';
import { loginRoutes } from './login.ts';
import type { MailPageOptions } from './mail-pages.ts';
import { mailPageRoutes } from './mail-pages.ts';
import type { MessagePageOptions } from './message-pages.ts';
import { messagePageRoutes } from './message-pages.ts';
import type { MessageFileOptions } from './messages.ts';
import { messageFileRoutes } from './messages.ts';
import { serveMounts } from './mounts.ts';
import type { OriginGate } from './origin-gate.ts';
import type { PresenceOptions } from './presence.ts';
import { presenceRoute } from './presence.ts';
import type { PromptOptions } from './prompts.ts';
import { promptRoutes } from './prompts.ts';
import type { RecordingOptions } from './recordings.ts';
import { recordingRoutes } from './recordings.ts';
import { rendererFiles } from './renderer-files.ts';
import type { DeclaredRoute } from './route-rights.ts';
import { checkRouteRights } from './route-rights.ts';
import { securityHeaders } from './security-headers.ts';
import { letSlowRequestsGo } from './slow-requests.ts';
import type { StatusOptions } from './status-pages.ts';
import { statusPages } from './status-pages.ts';
import type { UploadOptions } from './uploads.ts';
import { uploadRoutes } from './uploads.ts';
import { replyError } from './wire-reply.ts';

export interface HttpOptions
  extends LoginOptions,
    PresenceOptions,
    UploadOptions,
    AttachmentOptions,
    ImportOptions,
    RecordingOptions,
    MessageFileOptions,
    MessagePageOptions,
    MailPageOptions,
    DocumentOptions,
    PromptOptions,
    StatusOptions,
    ExchangeOptions,
    ExportOptions {
  readonly sessions: Sessions;
  readonly clients: ClientBearers;
  readonly gate: OriginGate;
  /** With it, HTTPS. Null: plain HTTP, for loopback or behind a proxy that ends TLS. */
  readonly certificate: Certificate | null;
  readonly rendererFolder: string;
  readonly mounts: readonly Mount[];
  readonly limits: ApiLimits;
  readonly log: Log;
}

/** Fastify with our routes, not listening yet. Order matters: who may speak, headers, rights, then the routes. */
export async function buildHttpServer(
  options: HttpOptions,
): Promise<{ readonly app: FastifyInstance; readonly routes: readonly DeclaredRoute[] }> {
  const { certificate } = options;
  // Connections whose head is slow to come are closed; Node looks this often.
  const slow = { headersTimeout: options.limits.headLimitMs, connectionsCheckingInterval: options.limits.lookEveryMs };
  const common = {
    logger: false,
    bodyLimit: 64 * 1024,
    // Bodies are watched over below: a file may take longer than anything else.
    requestTimeout: 0,
    // Connections whose head is slow to come are closed; Node looks this often.
    http: { headersTimeout: options.limits.headLimitMs, connectionsCheckingInterval: options.limits.lookEveryMs },
    keepAliveTimeout: seconds(30),
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: true,
    return503OnClosing: true,
  } as const;
  const app =
    certificate === null
      ? Fastify({ ...common, http: slow })
      : secured(Fastify({ ...common, https: { ...slow, ...tlsOptions, ...certificate.current } }), certificate);
  app.setErrorHandler((error: { statusCode?: number; message?: string; stack?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 429) return replyError(reply, 'too_many_requests', error.message ?? 'Too many requests.');
    if (status === 413)
      return replyError(reply, 'too_large', `More was sent than the ${sizeOf(request.routeOptions.bodyLimit)} that this takes.`);
    if (status < 500) return replyError(reply, 'bad_request', 'The request could not be read.').status(status);
    options.log.error('http:failed', { error: error.stack ?? error.message });
    return replyError(reply, 'internal', 'Something went wrong here. It has been noted.');
  });
  app.setNotFoundHandler((_request, reply) => replyError(reply, 'not_found', 'There is nothing here.'));

  serveMounts(app, options.mounts, options.gate);
  crossOrigin(app, options.gate);
  await securityHeaders(app);
  const routes = checkRouteRights(app, options.sessions, options);
  letSlowRequestsGo(app, options.clock, options.limits);
  await loginRoutes(app, options);
  presenceRoute(app, options);
  uploadRoutes(app, options);
  await attachmentRoutes(app, options);
  await importRoutes(app, options);
  recordingRoutes(app, options);
  await messageFileRoutes(app, options);
  messagePageRoutes(app, options);
  mailPageRoutes(app, options);
  await documentRoutes(app, options);
  await promptRoutes(app, options);
  await exchangeRoutes(app, options);
  exportRoutes(app, options);
  docsRoutes(app);
  statusPages(app, options);
  await rendererFiles(app, options.rendererFolder);
  await app.ready();
  return { app, routes };
}

const tlsOptions = { minVersion: 'TLSv1.2', handshakeTimeout: seconds(10) } as const;

/** Who connects from now on is shown what replaces the certificate; who is connected does not notice. */
function secured(app: FastifyInstance<HttpsServer>, certificate: Certificate): FastifyInstance {
  const replaced = certificate.onReplaced((pair) => app.server.setSecureContext({ ...pair, minVersion: tlsOptions.minVersion }));
  app.addHook('onClose', async () => void replaced.dispose());
  // The routes do not ask what is under them.
  return app as unknown as FastifyInstance;
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${bytes / 1024} KB` : `${bytes / 1024 / 1024} MB`;
}
