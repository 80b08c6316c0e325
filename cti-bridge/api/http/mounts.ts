import type { FastifyInstance } from 'fastify';
import type { Mount } from '../../kernel/index.ts';
import type { OriginGate } from './origin-gate.ts';
import { replyError } from './wire-reply.ts';

/**
 * What a channel answers by itself at our address, such as the chat on other people's pages. Before all else, since whose page may ask is the
 * channel's to say; that the address is ours is looked at here.
 */
export function serveMounts(app: FastifyInstance, mounts: readonly Mount[], gate: OriginGate): void {
  app.addHook('onRequest', async (request, reply) => {
    const mount = mountOf(request.raw.url ?? '', mounts);
    if (!mount) return;
    const answer = gate.judge(request.raw, 'mounted');
    if (!answer.ok) return replyError(reply, 'bad_request', answer.message).status(answer.status);
    reply.hijack();
    mount.handle(request.raw, reply.raw);
  });
}

export function mountOf(url: string, mounts: readonly Mount[]): Mount | undefined {
  const [path = ''] = url.split('?', 1);
  return mounts.find((mount) => path.startsWith(mount.path) || `${path}/` === mount.path);
}
