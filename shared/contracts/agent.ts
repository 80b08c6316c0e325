import * as z from 'zod/mini';
import { queueChannelSchema } from './configuration.ts';

/** What the agent *chose*. `loggedOut` is chosen by signing out or by closing the desktop for good. */
export const presenceSchema = z.enum(['available', 'notReady', 'loggedOut']);
export type Presence = z.infer<typeof presenceSchema>;

/** Set by the router or the system, never chosen. */
export const systemNotReadyReasons = ['signedIn', 'noAnswer', 'deviceUnreachable', 'wrapUpEnded'] as const;

/** Why an agent is not ready: the id of a configured reason, which people choose among, or one of the system's own. */
export const notReadyReasonSchema = z.string();
export type NotReadyReason = z.infer<typeof notReadyReasonSchema>;

/** What the system *knows*. */
export const workStateSchema = z.enum(['idle', 'reserved', 'engaged', 'wrappingUp', 'supervising', 'notReachable']);
export type WorkState = z.infer<typeof workStateSchema>;

export const agentViewSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  extension: z.string(),
  presence: presenceSchema,
  notReadyReason: z.nullable(notReadyReasonSchema),
  workState: workStateSchema,
  /** Epoch ms when presence or work state last changed; the state clock counts from here. */
  since: z.number(),
  skills: z.array(z.object({ skill: z.string(), level: z.number() })),
  /** Of each channel that they take: how many they have in hand, and how many they may. Absent from bridges that do not say. */
  room: z.optional(z.array(z.object({ channel: queueChannelSchema, inHand: z.int(), most: z.int() }))),
});
export type AgentView = z.infer<typeof agentViewSchema>;

/** Roles of the demo organisation, before anybody set up others; what each may do is in `rights.ts`. */
export const roleSchema = z.enum(['agent', 'supervisor', 'administrator']);
export type Role = z.infer<typeof roleSchema>;
export const roles = ['agent', 'supervisor', 'administrator'] as const satisfies readonly Role[];
