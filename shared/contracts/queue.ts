import * as z from 'zod/mini';

export const queueViewSchema = z.object({
  queueId: z.string(),
  /** Names in both languages; the desktop picks. */
  name: z.object({ en: z.string(), zh: z.string() }),
  waiting: z.number(),
  longestWaitSince: z.nullable(z.number()),
  agentsFree: z.number(),
});
export type QueueView = z.infer<typeof queueViewSchema>;

/**
 * Why the router did what it did: a code with its facts, turned into a sentence by the desktop in its language.
 * Facts are names, numbers and durations that may be shown to the agent.
 */
export const reasonSchema = z.object({
  code: z.enum(['queueChosen', 'skillMatched', 'longestIdle', 'onlyAgentFree', 'returnedAfterNoAnswer', 'waitedLongest', 'priority']),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Reason = z.infer<typeof reasonSchema>;
