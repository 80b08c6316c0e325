import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { MessagePages } from '../../flows/messages/message-pages.ts';
import { askerOf } from '../command.ts';
import { replyError } from './wire-reply.ts';

export interface MessagePageOptions {
  readonly messagePages: MessagePages;
}

/** A number as an address has it, or null. */
function whole(text: unknown, most: number): number | null {
  if (typeof text !== 'string' || !/^[1-9]\d{0,5}$/.test(text)) return null;
  return Math.min(Number(text), most);
}

const widestDrawn = 4_000;

/**
 * Pages of scanned documents, which browsers cannot show: GET /api/message-files/:fileId/pages tells their sizes, …/pages/:page?width= draws one
 * (from 1) as PNG, at least as wide as asked for where it has so many dots.
 */
export function messagePageRoutes(app: FastifyInstance, { messagePages }: MessagePageOptions): void {
  app.get<{ Params: { fileId: string } }>(
    '/api/message-files/:fileId/pages',
    { config: { right: 'work:handle' } },
    async ({ signedIn, params }, reply) => {
      if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
      const found = await messagePages.sizes(askerOf(signedIn), params.fileId);
      if (!found.ok) return replyError(reply, found.error.code, found.error.message);
      return reply.header('cache-control', 'no-store').send(found.value);
    },
  );
  app.get<{ Params: { fileId: string; page: string }; Querystring: { width?: unknown } }>(
    '/api/message-files/:fileId/pages/:page',
    { config: { right: 'work:handle' } },
    async ({ signedIn, params, query }, reply) => {
      if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
      const page = whole(params.page, 100_000);
      const width = whole(query.width, widestDrawn);
      if (page === null || width === null) return replyError(reply, 'bad_request', 'Which page, and how wide (width, in dots)?');
      const drawn = await messagePages.draw(askerOf(signedIn), params.fileId, page - 1, width);
      if (!drawn.ok) return replyError(reply, drawn.error.code, drawn.error.message);
      return reply
        .header('content-type', 'image/png')
        .header('content-length', drawn.value.bytes)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(Readable.from(drawn.value.content));
    },
  );
}
