import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Right } from '../../../shared/contracts/rights.ts';
import type { Asker } from '../../flows/ports.ts';
import { AttemptsByAddress, type UserSession } from '../../identity/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { ClientBearers, Sessions } from '../ports.ts';
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
    /** Its refusals are in the shape of the TM Forum. */
    answersTmf?: boolean;
  }
  interface FastifyRequest {
    signedIn: UserSession | null;
    /** Another system, on a route that exchanges data. */
    client: Asker | null;
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
export function checkRouteRights(
  app: FastifyInstance,
  sessions: Sessions,
  { clients, clock }: { readonly clients: ClientBearers; readonly clock: Clock },
): readonly DeclaredRoute[] {
  const wrongSecrets = new AttemptsByAddress();
  const routes: DeclaredRoute[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.right) throw new Error(`The route ${String(method)} ${url} declares no right`);
    for (const one of Array.isArray(method) ? method : [method]) routes.push({ method: one, url, right: config.right });
  });
  app.decorateRequest('signedIn', null);
  app.decorateRequest('client', null);
  const judge = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.is404) return;
    const { right, isOpenOnLoopback } = request.routeOptions.config;
    if (right === 'public') return;
    if (isOpenOnLoopback && isLoopbackAddress(request.socket.remoteAddress)) return;
    const token = /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const session = token === undefined ? null : sessions.find(token);
    if (!session && right === 'record:exchange') return judgeClient(request, reply);
    if (!session) return replyError(reply, 'unauthorized', 'Sign in first.');
    if (!right || !session.rights.has(right)) return replyError(reply, 'forbidden', 'Your role may not do this.');
    request.signedIn = session;
  };
  const judgeClient = async (request: FastifyRequest, reply: FastifyReply) => {
    const [place, now] = [request.ip, clock.now()];
    if (wrongSecrets.isRefused(place, now))
      return replyError(reply, 'too_many_requests', 'Too many wrong secrets from this address. Try again in half an hour.');
    const secret = /^Bearer ([\x21-\x7e]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
    const client = secret === undefined ? null : clients.find(secret);
    if (!client) {
      if (secret !== undefined) wrongSecrets.failed(place, now);
      return replyError(reply, 'unauthorized', 'Say who you are: authorization: Bearer SECRET.');
    }
    if (!client.may('record:exchange')) return replyError(reply, 'forbidden', 'The role of this system may not do this.');
    request.client = client;
  };
  app.addHook('onRequest', judge);
  // A large body takes its time: the session may have ended meanwhile, or lost the right.
  app.addHook('preHandler', async (request, reply) => (request.body === undefined ? undefined : judge(request, reply)));
  return routes;
}
