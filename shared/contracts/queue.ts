import * as z from 'zod/mini';

export const queueViewSchema = z.object({
  queueId: z.string(),
  /** Names in both languages; the desktop picks. */
  name: z.object({ en: z.string(), zh: z.string() }),
  waiting: z.number(),
  longestWaitSince: z.nullable(z.number()),
  agentsFree: z.number(),
  /** A call can be given to it. */
  takesCalls: z.optional(z.boolean()),
});
export type QueueView = z.infer<typeof queueViewSchema>;

/** Why an item went to an agent, or elsewhere. Facts of each: `cti-bridge/acd/explain.ts`. */
export const decisionReasonCodes = [
  'queueChosen',
  'skillMatched',
  'priority',
  'aged',
  'bypass',
  'returned',
  'waitedLongest',
  'ringWidened',
  'lastAgent',
  'accountManager',
  'agreed',
  'onlyAgentFree',
  'longestIdle',
  'roundRobin',
  'leastBusy',
  'bestSkill',
  'ringAll',
  'weighted',
  'returnedAfterNoAnswer',
  'movedFrom',
  'queueClosed',
  'queueFull',
  'waitedTooLong',
  'overflowed',
  'supervisorMoved',
  'supervisorGave',
  'askedFor',
] as const;

/** Why an item still waits. Facts of each: `cti-bridge/acd/why/why-item.ts`. */
export const waitReasonCodes = [
  'itemRings',
  'itemAssigned',
  'itemSnoozed',
  'itemForCustomer',
  'itemUnknown',
  'positionInQueue',
  'outranked',
  'queueIsClosed',
  'needsSkills',
  'nobodyQualifies',
  'nobodySignedIn',
  'qualifiedBusy',
  'likelyNext',
  'widensAt',
  'waitsForPreferred',
  'restsAfterMiss',
  'overflowsAt',
  'givesUpAt',
  'expectedWait',
] as const;

/** Why an agent gets nothing. Facts of each: `cti-bridge/acd/why/why-agent.ts`. */
export const idleReasonCodes = [
  'agentUnknown',
  'agentSignedOut',
  'agentNotReady',
  'agentNotReachable',
  'agentSupervising',
  'agentRinging',
  'agentEngaged',
  'agentWrappingUp',
  'agentFull',
  'agentHasNoQueues',
  'agentTakenOutOf',
  'queueHasNothing',
  'queueNeedsMore',
  'queueHeldForOthers',
  'queueOthersFirst',
  'agentLastOffered',
] as const;

/**
 * Why the router did what it did, or does nothing: a code with its facts, turned into a sentence by the desktop in its language.
 * Facts are names, numbers and durations that may be shown to the agent. The router knows people by id (`agentId`); whoever shows the
 * reason to somebody adds `agent`, the name.
 */
export const reasonSchema = z.object({
  code: z.enum([...decisionReasonCodes, ...waitReasonCodes, ...idleReasonCodes]),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Reason = z.infer<typeof reasonSchema>;
export type ReasonCode = Reason['code'];

/** One line of what the router did with an item, oldest first. */
export const routingStepSchema = z.object({
  at: z.number(),
  kind: z.enum(['queued', 'offered', 'accepted', 'withdrawn', 'widened', 'moved', 'diverted', 'returned', 'gone']),
  agentId: z.nullable(z.string()),
  agentName: z.nullable(z.string()),
  queueId: z.string(),
  /** For `withdrawn`: the reservation's cause. */
  cause: z.nullable(z.string()),
  reasons: z.array(reasonSchema),
});
export type RoutingStep = z.infer<typeof routingStepSchema>;

/** The answer to "why?": what holds now, and what was decided before. */
export const whySchema = z.object({ now: z.array(reasonSchema), steps: z.array(routingStepSchema) });
export type Why = z.infer<typeof whySchema>;
