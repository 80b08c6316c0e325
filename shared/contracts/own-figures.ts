import * as z from 'zod/mini';
import { queueChannelSchema } from './configuration.ts';
import type { Right } from './rights.ts';

/**
 * What an agent has done today, and how the queues they serve stand: the same fold of the same events as the supervisors' board, so that both say the
 * same. Each number opens the contacts behind it.
 */

/** Of one queue since midnight: of all that `of` counts, `inTime` were answered within the threshold. */
const queueLevelSchema = z.object({
  queueId: z.string(),
  inTime: z.number(),
  of: z.number(),
  targetPercent: z.number(),
  thresholdMs: z.number(),
});
export type QueueLevel = z.infer<typeof queueLevelSchema>;

export const ownFiguresSchema = z.object({
  /** Contacts completed since midnight on the organisation's clock. */
  handled: z.number(),
  /** From the answer to the end of the wrap-up, of those whose both are known; null when there is none. */
  averageHandlingMs: z.nullable(z.number()),
  /** What customers answered since midnight, on a scale of 1 to 5, about contacts the agent had. Absent: theirs are not asked. */
  rating: z.optional(z.object({ average: z.nullable(z.number()), count: z.number() })),
  /** Of the queues the agent serves. */
  queues: z.optional(z.array(queueLevelSchema)),
});
export type OwnFigures = z.infer<typeof ownFiguresSchema>;

export const ownFigures = ['handled', 'serviceLevel', 'rating'] as const;
export type OwnFigure = (typeof ownFigures)[number];

/** One contact behind a number. Who it was is told of one's own alone. */
export const ownContactSchema = z.object({
  interactionId: z.string(),
  channel: queueChannelSchema,
  /** Null: it came by no queue, as a call out. */
  queueId: z.nullable(z.string()),
  /** Completed; of a service level: answered, or given up; of a rating: when it was given. */
  at: z.number(),
  /** Null: nobody waited, or it is not known. */
  waitedMs: z.nullable(z.number()),
  /** Null: not over, or it is not known. */
  handlingMs: z.nullable(z.number()),
  /** `inTime` counts for the service level, `late` and `gaveUp` against it; null where it is not asked about. */
  level: z.nullable(z.enum(['inTime', 'late', 'gaveUp'])),
  /** 1 to 5; absent where it is not asked about. */
  rating: z.optional(z.number()),
  isOwn: z.boolean(),
  who: z.nullable(z.string()),
  contactId: z.nullable(z.string()),
});
export type OwnContact = z.infer<typeof ownContactSchema>;

export const ownFigureCommands = {
  /** As many as the number says, newest first; at most 2,000. A contact that was asked about in several ways is there for each. */
  'figures:contacts': {
    right: 'work:handle',
    request: z.object({ figure: z.enum(ownFigures) }),
    answer: z.object({ contacts: z.array(ownContactSchema) }),
  },
} as const satisfies Record<string, { right: Right; request: z.ZodMiniType; answer: z.ZodMiniType }>;
export type OwnFigureCommandName = keyof typeof ownFigureCommands;
