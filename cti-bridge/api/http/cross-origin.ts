import type { FastifyInstance } from 'fastify';
import type { OriginGate } from './origin-gate.ts';
import { replyError } from './wire-reply.ts';

/**
 * Lets in what the gate allows, and tells a browser so: the packaged desktop's pages (`app://crosspoint`) live at another origin than the
 * bridge, so their requests need CORS answers. No credentials mode: there are no cookies.
 */
export function crossOrigin(app: FastifyInstance, gate: OriginGate): void {
  app.addHook('onRequest', async (request, reply) => {
    const answer = gate.judge(request.raw, 'http');
    if (!answer.ok) return replyError(reply, answer.status === 403 ? 'forbidden' : 'bad_request', answer.message).status(answer.status);
    const { origin } = request.headers;
    if (origin === undefined || !gate.isAllowedOrigin(origin)) return;
    reply.header('access-control-allow-origin', origin).header('vary', 'origin');
    if (request.method !== 'OPTIONS') return;
    return reply
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', 'authorization, content-type')
      .header('access-control-max-age', '600')
      .status(204)
      .send();
  });
}
