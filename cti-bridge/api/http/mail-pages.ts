import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { mailPagePath } from '../../../shared/contracts/messages/mail-page.ts';
import type { MailPages } from '../../flows/messages/mail-pages.ts';
import type { MessageDownloads } from '../../flows/messages/message-downloads.ts';
import { mailPage, mailPagePolicy } from './mail-page.ts';
import type { OriginGate } from './origin-gate.ts';
import { replyError } from './wire-reply.ts';

export interface MailPageOptions {
  readonly messages: MessageDownloads & MailPages;
  readonly gate: OriginGate;
}

/**
 * GET /api/mail-pages/:token: one mail with its pictures, for a frame of the desktop, whose own policy lets it ask for none. A frame cannot say who
 * it is: the link is the key.
 */
export function mailPageRoutes(app: FastifyInstance, { messages, gate }: MailPageOptions): void {
  app.get<{ Params: { token: string } }>(`${mailPagePath}:token`, { config: { right: 'public' } }, async ({ params }, reply) => {
    const found = await messages.openMailPage(params.token);
    if (!found.ok) return replyError(reply, found.error.code, found.error.message);
    // The policy says who may have it in a frame; this older header knows no other origin than ours.
    reply.raw.removeHeader('x-frame-options');
    return (
      reply
        .header('content-security-policy', mailPagePolicy(gate.desktopOrigins))
        // Whoever gives out the pictures is told nothing of who asks: no cookies, no address of ours.
        .header('cross-origin-embedder-policy', 'credentialless')
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('referrer-policy', 'no-referrer')
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(mailPage(found.value, `${mailPagePath}${params.token}`))
    );
  });

  app.get<{ Params: { token: string; fileId: string } }>(
    `${mailPagePath}:token/:fileId`,
    { config: { right: 'public' } },
    async ({ params }, reply) => {
      const found = await messages.openMailPicture(params.token, params.fileId);
      if (!found.ok) return replyError(reply, found.error.code, found.error.message);
      const { mediaType, bytes, content } = found.value;
      return (
        reply
          // The page is of no origin, so this is another one.
          .header('cross-origin-resource-policy', 'cross-origin')
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'no-store')
          .header('content-type', mediaType)
          .header('content-length', bytes)
          .send(Readable.from(content))
      );
    },
  );
}
