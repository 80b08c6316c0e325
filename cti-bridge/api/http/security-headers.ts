import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { mailPagePath } from '../../../shared/contracts/messages/mail-page.ts';

/**
 * What a page of ours may do, told to the browser with every answer. No inline script, no inline style element, nothing from elsewhere.
 * Styles that React sets on elements go through the CSS object model, which no policy forbids.
 */
export async function securityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        // Not every browser reads 'self' as covering ws: on the same host. The Host was checked before this header is written.
        connectSrc: [
          "'self'",
          (request) => `ws://${request.headers.host ?? 'localhost'}`,
          (request) => `wss://${request.headers.host ?? 'localhost'}`,
        ],
        // Mails with their pictures, on a page of their own that may do nothing else.
        frameSrc: [
          (request) => `http://${request.headers.host ?? 'localhost'}${mailPagePath}`,
          (request) => `https://${request.headers.host ?? 'localhost'}${mailPagePath}`,
        ],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    // It would bind every other service under this host name too: whoever owns the name sets it, in a proxy in front of us.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(self), display-capture=()');
  });
}
