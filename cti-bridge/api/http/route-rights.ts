import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Right } from '../../../shared/contracts/rights.ts';
import type { UserSession } from '../../identity/index.ts';
import type { Sessions } from '../ports.ts';
import { isLoopbackAddress } from './origin-gate.ts';
import { replyError } from './wire-reply.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The right this route needs; each declares one. */
    right?: Right | 'public';
    /** Also open to programs on this machine, such as a collector of metrics. */
    isOpenOnLoopback?: boolean;
    /** Everything it says, its refusals included, is an `Ack`. */
    answersAck?: boolean;
  }
  interface FastifyRequest {
    signedIn: UserSession | null;
  }
}

export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly right: Right | 'public';
}

/**
 * Checks the right of every route before its body is read, and once more after it. A route that declares none keeps the server from starting. The answer lists the
 * routes as they are declared, for the walk over all of them.
 */
export function checkRouteRights(app: FastifyInstance, sessions: Sessions): readonly DeclaredRoute[] {
  const routes: DeclaredRoute[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.right) throw new Error(`The route ${String(method)} ${url} declares no right`);
    for (const one of Array.isArray(method) ? method : [method]) routes.push({ method: one, url, right: config.right });
  });
  app.decorateRequest('signedIn', null);
  const judge = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.is404) return;
    const { right, isOpenOnLoopback } = request.routeOptions.config;
    if (right === 'public') return;
    if (isOpenOnLoopback && isLoopbackAddress(request.socket.remoteAddress)) return;
    const token = /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const session = token === undefined ? null : sessions.find(token);
    if (!session) return replyError(reply, 'unauthorized', 'Sign in first.');
    if (!right || !session.rights.has(right)) return replyError(reply, 'forbidden', 'Your role may not do this.');
    request.signedIn = session;
  };
  app.addHook('onRequest', judge);
  // A large body takes its time: the session may have ended meanwhile, or lost the right.
  app.addHook('preHandler', async (request, reply) => (request.body === undefined ? undefined : judge(request, reply)));
  return routes;
}
