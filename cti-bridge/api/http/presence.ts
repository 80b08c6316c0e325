import type { FastifyInstance } from 'fastify';
import { ownPresenceSchema } from '../../../shared/contracts/own-presence.ts';
import type { Desk } from '../../flows/ports.ts';
import { replyError } from './wire-reply.ts';

export interface PresenceOptions {
  readonly desk: Pick<Desk, 'setPresence'>;
}

/** POST /api/agents/me/presence: for agents with a desk phone, whose work is begun and ended by a program of their house. */
export function presenceRoute(app: FastifyInstance, { desk }: PresenceOptions): void {
  app.post('/api/agents/me/presence', { config: { right: 'work:handle' } }, async (request, reply) => {
    const agentId = request.signedIn?.user.agentId ?? null;
    if (agentId === null) return replyError(reply, 'forbidden', 'This user takes no work.');
    const parsed = ownPresenceSchema.safeParse(request.body);
    if (!parsed.success)
      return replyError(reply, 'bad_request', 'A presence is "available", "loggedOut", or "notReady" with the id of a reason.');
    const chosen = await desk.setPresence(agentId, parsed.data);
    if (!chosen.ok) return replyError(reply, chosen.error.code, chosen.error.message);
    return reply.header('cache-control', 'no-store').send(chosen.value);
  });
}
