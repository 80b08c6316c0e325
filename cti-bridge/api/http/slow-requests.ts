import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Clock, TimerHandle } from '../../kernel/index.ts';
import type { ApiLimits } from '../limits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes files, which may take long over a slow line: as long as something comes, it is waited for. */
    takesFiles?: boolean;
  }
}

/**
 * Whose request does not end is let go. Node has one time for all requests, so it watches over heads alone, and this over bodies: a body has
 * `requestLimitMs`; one that a route takes as a file, from somebody who may send it, must only go on, with `leastBytes` in every `withinMs`.
 * To be called after the rights are judged: its hook comes behind theirs.
 */
export function letSlowRequestsGo(app: FastifyInstance, clock: Clock, { requestLimitMs, upload }: ApiLimits): void {
  const watched = new Map<IncomingMessage, TimerHandle>();

  function watch(request: IncomingMessage, limitMs: number, isGoingOn: () => boolean): void {
    watched.get(request)?.cancel();
    const timer = clock.timer(limitMs, () => {
      if (request.complete || request.destroyed) return;
      if (isGoingOn()) watch(request, limitMs, isGoingOn);
      else app.server.emit('clientError', Object.assign(new Error('The body took too long'), { code: tookTooLong }), request.socket);
    });
    watched.set(request, timer);
  }

  // Before any route is looked for: also what has no route, and what other listeners of this server answer, has a body.
  app.server.prependListener('request', (request) => {
    watch(request, requestLimitMs, () => false);
    request.once('close', () => {
      watched.get(request)?.cancel();
      watched.delete(request);
    });
  });
  // A request that came from no connection does not close.
  app.addHook('onClose', async () => {
    for (const timer of watched.values()) timer.cancel();
    watched.clear();
  });
  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    if (routeOptions.config.takesFiles !== true) return;
    let seen = raw.socket.bytesRead;
    watch(raw, upload.withinMs, () => {
      const came = raw.socket.bytesRead - seen;
      seen = raw.socket.bytesRead;
      // What lies here unread is not the sender's fault: the disk is slow, and nothing more is taken from the line.
      return came >= upload.leastBytes || raw.readableLength > 0;
    });
  });
}

/** Answered by Fastify with 408, as Node's own limit is. */
const tookTooLong = 'ERR_HTTP_REQUEST_TIMEOUT';
