import * as z from 'zod/mini';

/** One node that a caller passed. What was masked is not in here, only how many keys there were. */
export const traceStepSchema = z.object({
  at: z.number(),
  flowId: z.string(),
  version: z.int(),
  nodeId: z.string(),
  kind: z.string(),
  label: z.nullable(z.string()),
  /** The exit taken; `hangUp` where the caller went, null where the run ended or still is. */
  exit: z.nullable(z.string()),
  /** What that exit was called in the flow: the words of a key, the label of a case. */
  exitLabel: z.optional(z.object({ en: z.string(), zh: z.string() })),
  tookMs: z.number(),
  /** Keys pressed, and what became known there. */
  keys: z.nullable(z.string()),
  facts: z.record(z.string(), z.string()),
});
export type TraceStep = z.infer<typeof traceStepSchema>;

/** How many callers passed, of one version or of all. */
export const heatSchema = z.object({
  callers: z.int(),
  nodes: z.array(
    z.object({
      nodeId: z.string(),
      entered: z.int(),
      /** Who hung up there. */
      hungUp: z.int(),
      exits: z.record(z.string(), z.int()),
    }),
  ),
});
export type Heat = z.infer<typeof heatSchema>;

export const tracedCallSchema = z.object({
  interactionId: z.string(),
  at: z.number(),
  /** As the network gave it; null where it was withheld or is erased. */
  number: z.nullable(z.string()),
  contactName: z.nullable(z.string()),
  flowId: z.string(),
  version: z.int(),
  /** The nodes passed, in order. */
  path: z.array(z.string()),
  end: z.string(),
});
export type TracedCall = z.infer<typeof tracedCallSchema>;
