import * as z from 'zod/mini';

/**
 * Body of `POST /api/agents/me/presence`: what a program may say for the agent whose log-in it holds. Answered with the `AgentView`. Signing
 * out here ends the work and not the log-in, which `POST /api/logout` does.
 */
export const ownPresenceSchema = z.discriminatedUnion('presence', [
  z.strictObject({ presence: z.literal('available') }),
  /** The id of a configured reason. */
  z.strictObject({ presence: z.literal('notReady'), reason: z.string().check(z.minLength(1), z.maxLength(64)) }),
  z.strictObject({ presence: z.literal('loggedOut') }),
]);
