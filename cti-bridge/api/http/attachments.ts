import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AttachmentOwner, Attachments } from '../../flows/ports.ts';
import type { UserSession } from '../../identity/index.ts';
import { askerOf } from '../command.ts';
import { replyError } from './wire-reply.ts';

export interface AttachmentOptions {
  readonly attachments: Attachments;
}

/**
 * POST /api/contacts/:contactId/attachments, or /api/accounts/:accountId/attachments for a company's: the raw bytes, the name in `x-file-name`
 * (percent-encoded UTF-8). GET of one of them: a download, never a page, whatever is in it.
 */
export async function attachmentRoutes(app: FastifyInstance, { attachments }: AttachmentOptions): Promise<void> {
  await app.register(async (files) => {
    files.removeAllContentTypeParsers();
    // The body is not read here: the story writes it to the disk as it comes.
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    files.post<{ Params: { contactId: string } }>(
      '/api/contacts/:contactId/attachments',
      { config: { right: 'contact:write', answersAck: true, takesFiles: true } },
      (request, reply) => receive(request, { contactId: request.params.contactId }, reply),
    );
    files.post<{ Params: { accountId: string } }>(
      '/api/accounts/:accountId/attachments',
      { config: { right: 'account:write', answersAck: true, takesFiles: true } },
      (request, reply) => receive(request, { accountId: request.params.accountId }, reply),
    );
    files.get<{ Params: { contactId: string; attachmentId: string } }>(
      '/api/contacts/:contactId/attachments/:attachmentId',
      { config: { right: 'contact:read' } },
      ({ signedIn, params }, reply) => download(signedIn, { contactId: params.contactId }, params.attachmentId, reply),
    );
    files.get<{ Params: { accountId: string; attachmentId: string } }>(
      '/api/accounts/:accountId/attachments/:attachmentId',
      { config: { right: 'contact:read' } },
      ({ signedIn, params }, reply) => download(signedIn, { accountId: params.accountId }, params.attachmentId, reply),
    );
  });

  async function receive({ body, headers, signedIn }: FastifyRequest, owner: AttachmentOwner, reply: FastifyReply): Promise<FastifyReply> {
    const fileName = fileNameOf(headers['x-file-name']);
    if (fileName === null) return replyError(reply, 'bad_request', 'The name of the file is missing (x-file-name, percent-encoded).');
    if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
    if (!(body instanceof Readable)) return replyError(reply, 'bad_request', 'The file is missing.');
    const added = await attachments.add(askerOf(signedIn), { owner, fileName, content: body as AsyncIterable<Uint8Array> });
    // What was not read any more is let go, so that the refusal arrives.
    body.resume();
    if (!added.ok) return replyError(reply, added.error.code, added.error.message);
    return reply.header('cache-control', 'no-store').send({ ok: true, value: added.value });
  }

  async function download(
    signedIn: UserSession | null,
    owner: AttachmentOwner,
    attachmentId: string,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
    const found = await attachments.read(askerOf(signedIn), { owner, attachmentId });
    if (!found.ok) return replyError(reply, found.error.code, found.error.message);
    const { attachment, bytes, content } = found.value;
    return asDownload(reply, attachment.name)
      .header('content-type', attachment.mediaType)
      .header('content-length', bytes)
      .send(Readable.from(content));
  }
}

/** RFC 6266: the name as it is for those who can read it, and in plain letters for the others. Sandboxed, should something show it after all. */
export function asDownload(reply: FastifyReply, name: string): FastifyReply {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return reply
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${whole}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'no-store');
}

export function fileNameOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string' || header.length > 2_000) return null;
  try {
    return decodeURIComponent(header);
  } catch {
    return null;
  }
}
