import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { WireError } from '../../../shared/contracts/errors.ts';
import type { MailPages } from '../../flows/messages/mail-pages.ts';
import type { MessageDownloads } from '../../flows/messages/message-downloads.ts';
import type { Result } from '../../kernel/index.ts';
import { askerOf } from '../command.ts';
import { asDownload, fileNameOf } from './attachments.ts';
import { replyError } from './wire-reply.ts';

export interface MessageFileOptions {
  readonly messages: MessageDownloads & MailPages;
}

/**
 * Files of messages. POST /api/message-files?interactionId=…: the raw bytes, the name in `x-file-name` (percent-encoded UTF-8). What is given out
 * is a download, never a page; the form of a mail is text, for a frame that lets nothing act.
 */
export async function messageFileRoutes(app: FastifyInstance, { messages }: MessageFileOptions): Promise<void> {
  await app.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    files.post<{ Querystring: { interactionId?: unknown } }>(
      '/api/message-files',
      { config: { right: 'work:handle', answersAck: true, takesFiles: true } },
      async ({ body, headers, query, signedIn }, reply) => {
        const fileName = fileNameOf(headers['x-file-name']);
        const { interactionId } = query;
        if (fileName === null) return replyError(reply, 'bad_request', 'The name of the file is missing (x-file-name, percent-encoded).');
        if (typeof interactionId !== 'string') return replyError(reply, 'bad_request', 'The contact is missing (interactionId).');
        if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
        if (!(body instanceof Readable)) return replyError(reply, 'bad_request', 'The file is missing.');
        const added = await messages.add(askerOf(signedIn), { interactionId, fileName, content: body as AsyncIterable<Uint8Array> });
        body.resume();
        if (!added.ok) return replyError(reply, added.error.code, added.error.message);
        return reply.header('cache-control', 'no-store').send({ ok: true, value: added.value });
      },
    );
    files.get<{ Params: { fileId: string } }>(
      '/api/message-files/:fileId',
      { config: { right: 'work:handle' } },
      async ({ signedIn, params }, reply) => {
        if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
        return download(await messages.openFile(askerOf(signedIn), params.fileId), reply);
      },
    );
    files.get<{ Params: { messageId: string } }>(
      '/api/messages/:messageId/html',
      { config: { right: 'work:handle' } },
      async ({ signedIn, params }, reply) => {
        if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
        const found = await messages.html(askerOf(signedIn), params.messageId);
        if (!found.ok) return replyError(reply, found.error.code, found.error.message);
        return reply
          .header('content-type', 'text/plain; charset=utf-8')
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'no-store')
          .send(found.value);
      },
    );
    files.get<{ Params: { messageId: string } }>(
      '/api/messages/:messageId/raw',
      { config: { right: 'work:handle' } },
      async ({ signedIn, params }, reply) => {
        if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
        return download(await messages.raw(askerOf(signedIn), params.messageId), reply);
      },
    );
    files.get<{ Params: { arrivalId: string } }>(
      '/api/quarantine/:arrivalId',
      // Whose it is to see is looked at there: they watch the queues, or it would have come into one of theirs.
      { config: { right: 'session:own' } },
      async ({ signedIn, params }, reply) => {
        if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
        return download(await messages.openArrival(askerOf(signedIn), params.arrivalId), reply);
      },
    );
  });
}

function download(
  found: Result<
    { readonly name: string; readonly mediaType: string; readonly bytes: number; readonly content: AsyncIterable<Uint8Array> },
    WireError
  >,
  reply: FastifyReply,
): FastifyReply {
  if (!found.ok) return replyError(reply, found.error.code, found.error.message);
  const { name, mediaType, bytes, content } = found.value;
  return asDownload(reply, name).header('content-type', mediaType).header('content-length', bytes).send(Readable.from(content));
}
