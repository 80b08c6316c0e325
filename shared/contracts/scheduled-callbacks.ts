import * as z from 'zod/mini';
import { dialRefusals } from './calling.ts';
import { filled, id } from './fields.ts';

/**
 * Calls to customers that were agreed for a time. When the time comes, one stands in its queue like a call that was promised to somebody who
 * waited: an agent's phone rings first, then the customer's. Times are epoch ms.
 */

export const scheduledCallbackSchema = z.object({
  /** Of somebody in the record: also the id of the promise that it is. */
  callbackId: z.string(),
  /** Null: a number that is nobody's. */
  contactId: z.nullable(z.string()),
  /** Of the person; the number where there is none. */
  name: z.string(),
  number: z.string(),
  /** What it is about. */
  text: z.string(),
  at: z.number(),
  /** They are to be called no later; after that it is overdue, and still called. */
  until: z.number(),
  queueId: z.string(),
  /** Who wants to make it; after some minutes it is anybody's. Null: whoever of the queue is free. */
  ownerAgentId: z.nullable(z.string()),
  ownerName: z.nullable(z.string()),
  /** `inLine`: its time has come, and it waits for an agent or is being called. */
  state: z.enum(['agreed', 'inLine']),
  madeBy: z.string(),
  madeAt: z.number(),
});
export type ScheduledCallback = z.infer<typeof scheduledCallbackSchema>;

/** What speaks against a time and does not forbid it: the queue is closed then; the customer asked to be called at other hours. */
export const timeDoubts = ['queueClosed', 'notPreferred'] as const;
export type TimeDoubt = (typeof timeDoubts)[number];

/** `doubtful`: nothing is stored; asked again with `isSure`, it is. `standing`: they are owed a call by that queue already. */
const scheduleAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('agreed'), callback: scheduledCallbackSchema }),
  z.object({ outcome: z.literal('doubtful'), doubts: z.array(z.enum(timeDoubts)) }),
  z.object({ outcome: z.literal('standing'), callback: scheduledCallbackSchema }),
  z.object({ outcome: z.literal('refused'), why: z.enum([...dialRefusals, 'noNumber', 'past', 'tooFar']) }),
]);
export type ScheduleAnswer = z.infer<typeof scheduleAnswerSchema>;

const time = { at: z.int(), until: z.int(), isSure: z.boolean() };

export const scheduledCallbackCommands = {
  'callback:schedule': {
    right: 'call:dial-out',
    request: z.object({
      /** Null: nobody in the record. */
      contactId: z.nullable(id),
      /** Null: the number of `interactionId`. */
      number: z.nullable(filled(64)),
      /** The call in which it is agreed. */
      interactionId: z.nullable(id),
      text: filled(500),
      to: z.enum(['me', 'queue']),
      ...time,
    }),
    answer: scheduleAnswerSchema,
  },
  'callback:move': { right: 'call:dial-out', request: z.object({ callbackId: id, ...time }), answer: scheduleAnswerSchema },
  'callback:cancel': { right: 'call:dial-out', request: z.object({ callbackId: id }), answer: z.object({}) },
  /** What is agreed with somebody. */
  'callback:list': {
    right: 'contact:read',
    request: z.object({ contactId: id }),
    answer: z.object({ callbacks: z.array(scheduledCallbackSchema) }),
  },
} as const;
