import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Right } from '../../../shared/contracts/rights.ts';
import { mayDo } from '../../../shared/contracts/rights.ts';
import type { UserSession } from '../../identity/index.ts';
import type { Sessions } from '../ports.ts';
import { isLoopbackAddress } from './origin-gate.ts';
import { replyError } from './wire-reply.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The right this route needs. A route that declares none is closed to everybody. */
    right?: Right | 'public';
    /** Also open to programs on this machine, such as a collector of metrics. */
    isOpenOnLoopback?: boolean;
  }
  interface FastifyRequest {
    signedIn: UserSession | null;
  }
}

/** Checks the right of every route before its body is read. */
export function checkRouteRights(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('signedIn', null);
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.is404) return;
    const { right, isOpenOnLoopback } = request.routeOptions.config;
    if (right === 'public') return;
    if (isOpenOnLoopback && isLoopbackAddress(request.socket.remoteAddress)) return;
    const token = /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const session = token === undefined ? null : sessions.find(token);
    if (!session) return replyError(reply, 'unauthorized', 'Sign in first.');
    if (!right || !mayDo(session.user.role, right)) return replyError(reply, 'forbidden', 'Your role may not do this.');
    request.signedIn = session;
  });
}
