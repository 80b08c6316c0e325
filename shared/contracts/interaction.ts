import * as z from 'zod/mini';
import { callViewSchema } from './call.ts';
import { wrapUpModeSchema } from './configuration.ts';
import { screenPopSchema } from './screen-pop.ts';
import { usualFollowUpSchema } from './usual-follow-up.ts';

export const reservationCauseSchema = z.enum([
  'rejected',
  'noAnswer',
  'deviceUnreachable',
  'mediaFailed',
  'callerLeft',
  'answered',
  'shutdown',
  'agentGone',
  'answeredElsewhere',
  'released',
]);
/**
 * Every unanswered offer has exactly one cause. Device faults and the caller leaving never count against the agent. `answeredElsewhere`:
 * it rang at several agents and another took it. `released`: a supervisor took it back.
 */
export type ReservationCause = z.infer<typeof reservationCauseSchema>;

export const dispositionSchema = z.object({
  code: z.string(),
  label: z.object({ en: z.string(), zh: z.string() }),
  /** Null at the root. Only leaves may be chosen. */
  parent: z.nullable(z.string()),
  /** The Chinese label in pinyin, a space between syllables: for whoever types it on Latin keys. Absent where it has none. */
  reading: z.optional(z.string()),
  /** Absent where nothing usually follows. */
  usual: z.optional(usualFollowUpSchema),
});
export type Disposition = z.infer<typeof dispositionSchema>;

export const wrapUpViewSchema = z.object({
  interactionId: z.string(),
  startedAt: z.number(),
  /**
   * The server's deadline; when it passes and nothing was chosen, the default code is stored, marked automatic, and the draft kept. Null:
   * it ends with an outcome and not before.
   */
  endsAt: z.nullable(z.number()),
  mode: wrapUpModeSchema,
  /** May be left without an outcome. */
  canLeave: z.boolean(),
  canExtend: z.boolean(),
  /** The outcome that is stored already while the agent has to stay until the deadline. */
  stored: z.nullable(z.string()),
});
export type WrapUpView = z.infer<typeof wrapUpViewSchema>;

/** A note being written on an interaction. `revision` counts up with each stored text; a lower one is refused (`conflict`). */
export const draftSchema = z.object({ interactionId: z.string(), text: z.string(), revision: z.number(), savedAt: z.number() });
export type Draft = z.infer<typeof draftSchema>;

/** One item of the agent's work list: an assigned interaction with everything needed to show it again after a reload. */
export const assignedInteractionSchema = z.object({
  interactionId: z.string(),
  reservationId: z.string(),
  state: z.enum(['assigned', 'wrapping']),
  pop: screenPopSchema,
  call: callViewSchema,
  wrapUp: z.nullable(wrapUpViewSchema),
  draft: z.nullable(draftSchema),
});
export type AssignedInteraction = z.infer<typeof assignedInteractionSchema>;
