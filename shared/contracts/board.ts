import * as z from 'zod/mini';
import { notReadyReasonSchema, presenceSchema, workStateSchema } from './agent.ts';
import { queueChannelSchema } from './configuration.ts';

/**
 * The supervisor's live board: how queues and people stand this second, and the contacts behind every number. Figures of the day are folds
 * of the interaction events since local midnight, the same events history is made from. Each number's formula is `boardFormulas`.
 */

/** A number on the board that opens the list behind it. The list has exactly as many entries as the number says. */
export const boardFigures = [
  'waiting',
  'answered',
  'answeredInTime',
  'abandoned',
  'diverted',
  'handling',
  'forCustomer',
  'snoozed',
] as const;
export const boardFigureSchema = z.enum(boardFigures);
export type BoardFigure = z.infer<typeof boardFigureSchema>;

const serviceLevel = z.object({
  /** 0 to 100; null when there was nothing to count. */
  percent: z.nullable(z.number()),
  inTime: z.number(),
  of: z.number(),
});

/** Of all answers of the day, on a scale of 1 to 5; null where nobody answered. */
const satisfaction = z.object({ average: z.nullable(z.number()), count: z.number() });

export const queueRowSchema = z.object({
  queueId: z.string(),
  name: z.object({ en: z.string(), zh: z.string() }),
  channel: queueChannelSchema,
  isOpen: z.boolean(),
  waiting: z.number(),
  /** Epoch ms since when the longest waits; null when nobody does. */
  longestWaitSince: z.nullable(z.number()),
  /** Target percent and threshold as configured. */
  target: z.object({ percent: z.number(), thresholdMs: z.number() }),
  /** Of the last 30 minutes, and since midnight. */
  serviceLevelNow: serviceLevel,
  serviceLevelToday: serviceLevel,
  answered: z.number(),
  abandoned: z.number(),
  diverted: z.number(),
  /** Contacts an agent has at this moment. */
  handling: z.number(),
  /** Written contacts that are somebody's and take no room of theirs: the customer is to write, or it was put off. */
  forCustomer: z.number(),
  snoozed: z.number(),
  /** Mean speed of answer and mean handling (talk and wrap-up), ms; null when none was. */
  averageAnswerMs: z.nullable(z.number()),
  averageHandlingMs: z.nullable(z.number()),
  satisfaction,
  /** The people who could serve it, by what they do. `free`: could be offered its work now. */
  people: z.object({
    free: z.number(),
    ringing: z.number(),
    engaged: z.number(),
    wrappingUp: z.number(),
    notReady: z.number(),
    notReachable: z.number(),
    signedOut: z.number(),
  }),
  /** Service level of each of the last sixteen quarters of an hour, oldest first. */
  trend: z.array(z.nullable(z.number())),
  /** Thresholds passed at this moment. */
  alerts: z.array(z.enum(['waiting', 'longestWait', 'serviceLevel'])),
});
export type QueueRow = z.infer<typeof queueRowSchema>;

export const agentRowSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  extension: z.string(),
  teamId: z.nullable(z.string()),
  orgUnitId: z.nullable(z.string()),
  presence: presenceSchema,
  notReadyReason: z.nullable(notReadyReasonSchema),
  workState: workStateSchema,
  since: z.number(),
  /** What is in hand: one call, or several chats and mails. */
  works: z.array(
    z.object({
      interactionId: z.string(),
      queueId: z.string(),
      channel: queueChannelSchema,
      state: z.enum(['reserved', 'engaged', 'wrappingUp']),
      since: z.number(),
    }),
  ),
  skills: z.array(z.object({ skill: z.string(), level: z.number() })),
  queueIds: z.array(z.string()),
  /** Queues their skills would do for and that somebody took them out of. */
  leftQueueIds: z.array(z.string()),
  handledToday: z.number(),
  satisfactionToday: satisfaction,
  /** The cause of the last offer left unanswered, if the last one was; tells why somebody was set not ready. */
  lastMissed: z.nullable(z.object({ at: z.number(), cause: z.string() })),
});
export type AgentRow = z.infer<typeof agentRowSchema>;

export const boardAlertSchema = z.object({
  alertId: z.string(),
  /** Since when the threshold is passed. */
  since: z.number(),
  severity: z.enum(['warning', 'critical']),
  subject: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('queue'), queueId: z.string() }),
    z.object({ kind: z.literal('agent'), agentId: z.string() }),
  ]),
  code: z.enum(['waiting', 'longestWait', 'serviceLevel', 'agentNotReachable', 'agentMissedOffers', 'longWork']),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type BoardAlert = z.infer<typeof boardAlertSchema>;

/** The whole board. Pushed at most once a second to each who watches; complete each time, so that a lost one does not matter. */
export const boardSchema = z.object({
  /** Epoch ms of this picture. */
  at: z.number(),
  queues: z.array(queueRowSchema),
  agents: z.array(agentRowSchema),
  alerts: z.array(boardAlertSchema),
});
export type Board = z.infer<typeof boardSchema>;

/** One contact behind a number. Who it is only for those who may read records. */
export const boardContactSchema = z.object({
  interactionId: z.string(),
  workItemId: z.string(),
  channel: queueChannelSchema,
  queueId: z.string(),
  receivedAt: z.number(),
  queuedAt: z.number(),
  answeredAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  /** How long it waited, or has waited until now, ms. */
  waitedMs: z.number(),
  agentId: z.nullable(z.string()),
  agentName: z.nullable(z.string()),
  /** Of what was put off: until when. */
  snoozedUntil: z.nullable(z.number()),
  /** Name of the customer, or their number as dialled. */
  who: z.nullable(z.string()),
  contactId: z.nullable(z.string()),
});
export type BoardContact = z.infer<typeof boardContactSchema>;

/** How each number is made; shown one click away, in both languages, by the desktop. Keys of its texts. */
export const boardFormulas = [
  'waiting',
  'longestWait',
  'serviceLevel',
  'answered',
  'abandoned',
  'diverted',
  'averageAnswer',
  'averageHandling',
  'satisfaction',
  'handling',
  'forCustomer',
  'snoozed',
  'free',
] as const;
export type BoardFormula = (typeof boardFormulas)[number];
