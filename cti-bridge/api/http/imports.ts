import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ImportUploads } from '../../flows/ports.ts';
import { askerOf } from '../command.ts';
import { replyError } from './wire-reply.ts';

export interface ImportOptions {
  readonly imports: ImportUploads;
}

/** POST /api/imports: the raw bytes of a list of customers, the name in `x-file-name` (percent-encoded UTF-8). They go to the disk as they come. */
export async function importRoutes(app: FastifyInstance, { imports }: ImportOptions): Promise<void> {
  await app.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    files.post('/api/imports', { config: { right: 'record:import', answersAck: true, takesFiles: true } }, async (request, reply) => {
      const fileName = fileNameOf(request.headers['x-file-name']);
      if (fileName === null) return replyError(reply, 'bad_request', 'The name of the file is missing (x-file-name, percent-encoded).');
      if (!request.signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
      if (!(request.body instanceof Readable)) return replyError(reply, 'bad_request', 'The file is missing.');
      const received = await imports.upload(askerOf(request.signedIn), { fileName, content: request.body as AsyncIterable<Uint8Array> });
      // What was not read any more is let go, so that the refusal arrives.
      request.body.resume();
      if (!received.ok) return replyError(reply, received.error.code, received.error.message);
      return reply.header('cache-control', 'no-store').send({ ok: true, value: received.value });
    });
  });
}

function fileNameOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string' || header === '' || header.length > 2_000) return null;
  try {
    return decodeURIComponent(header);
  } catch {
    return null;
  }
}
