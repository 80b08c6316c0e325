import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { DocumentUploads } from '../../flows/messages/document-uploads.ts';
import { askerOf } from '../command.ts';
import { fileNameOf } from './attachments.ts';
import { replyError } from './wire-reply.ts';

export interface DocumentOptions {
  readonly documents: DocumentUploads;
}

/**
 * Letters and forms brought in by hand. GET /api/documents/sources: where to. POST /api/documents?sourceId=…: the raw bytes, the name in
 * `x-file-name` (percent-encoded UTF-8), and with `&contactId=…` the person it belongs to; answered when it is stored, with
 * `{ outcome: 'kept' | 'known' }`.
 */
export async function documentRoutes(app: FastifyInstance, { documents }: DocumentOptions): Promise<void> {
  app.get('/api/documents/sources', { config: { right: 'work:handle' } }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ sources: documents.sources() }),
  );
  await app.register(async (files) => {
    files.removeAllContentTypeParsers();
    // The body is not read here: the story writes it to the disk as it comes.
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    files.post<{ Querystring: { sourceId?: unknown; contactId?: unknown } }>(
      '/api/documents',
      { config: { right: 'work:handle', answersAck: true, takesFiles: true } },
      async ({ body, headers, query, signedIn }, reply) => {
        if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
        const fileName = fileNameOf(headers['x-file-name']);
        const { sourceId, contactId = null } = query;
        if (fileName === null) return replyError(reply, 'bad_request', 'The name of the file is missing (x-file-name, percent-encoded).');
        if (typeof sourceId !== 'string') return replyError(reply, 'bad_request', 'The place is missing (sourceId).');
        if (contactId !== null && (typeof contactId !== 'string' || !/^.{1,64}$/.test(contactId)))
          return replyError(reply, 'bad_request', 'Which person (contactId)?');
        if (!(body instanceof Readable)) return replyError(reply, 'bad_request', 'The file is missing.');
        const uploaded = await documents.upload(askerOf(signedIn), {
          ...{ sourceId, fileName, contactId },
          content: body as AsyncIterable<Uint8Array>,
        });
        // What was not read any more is let go, so that the refusal arrives.
        body.resume();
        if (!uploaded.ok) return replyError(reply, uploaded.error.code, uploaded.error.message);
        return reply.header('cache-control', 'no-store').send({ ok: true, value: uploaded.value });
      },
    );
  });
}
