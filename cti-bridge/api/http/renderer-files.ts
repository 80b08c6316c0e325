import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { replyError } from './wire-reply.ts';

/**
 * The built desktop for browsers. Files under `/assets/` carry a hash in their name and are kept for ever; `index.html` is asked for anew
 * every time. A path that is no file is a screen of the desktop and gets `index.html`.
 */
export async function rendererFiles(app: FastifyInstance, folder: string): Promise<void> {
  if (existsSync(folder)) await app.register(fastifyStatic, { root: folder, serve: false, dotfiles: 'ignore', cacheControl: false });

  app.get('/*', { config: { right: 'public' } }, async (request, reply) => {
    const path = new URL(request.url, 'http://bridge').pathname;
    if (path.startsWith('/api/') || path.startsWith('/tmf-api/')) return replyError(reply, 'not_found', 'There is nothing here.');
    if (!existsSync(join(folder, 'index.html'))) return notBuilt(reply);
    const isFile = /\.[a-z0-9]+$/i.test(path);
    if (!isFile) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    const isHashed = path.startsWith('/assets/');
    return reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache').sendFile(path);
  });
}

function notBuilt(reply: FastifyReply): FastifyReply {
  return reply.status(503).type('text/plain; charset=utf-8').send('The desktop has not been built yet. Run: npm run build\n');
}
