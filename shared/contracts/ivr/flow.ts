import * as z from 'zod/mini';
import { idSchema } from '../configuration.ts';
import { factNameSchema } from './conditions.ts';
import { flowNodeSchema, nodeIdSchema } from './nodes.ts';

/**
 * A flow as data: what the editor draws, the file keeps and the interpreter runs. Whether it makes sense (exits that lead nowhere, loops in
 * which nobody is asked anything, prompts that are not there) is judged over the whole by `cti-bridge/ivr/validate`.
 */

const name = z.strictObject({
  en: z.string().check(z.minLength(1), z.maxLength(80)),
  zh: z.string().check(z.minLength(1), z.maxLength(80)),
});
const facts = z.record(factNameSchema, z.string().check(z.maxLength(500)));

/** What the caller does when the flow waits for them. */
export const callerStepSchema = z.union([
  z.strictObject({ keys: z.string().check(z.regex(/^[0-9*#]{1,40}$/, 'keys: 0 to 9, * and #')) }),
  z.strictObject({ does: z.enum(['staysSilent', 'hangsUp']) }),
]);
export type CallerStep = z.infer<typeof callerStepSchema>;

/** What is made up for a run that nobody calls: who calls when, what is known, and what look-ups and other systems would answer, by node. */
export const pretendedSchema = z.strictObject({
  number: z.nullable(z.string().check(z.maxLength(40))),
  dialled: z.string().check(z.maxLength(40)),
  /** On the clock of the organisation, as `2026-11-22T09:30`. */
  at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'a day and a time such as 2026-11-22T09:30')),
  /** Of the caller's record; null: nobody knows it. */
  locale: z.nullable(z.enum(['en', 'zh'])),
  facts,
  answers: z.record(nodeIdSchema, z.strictObject({ exit: z.string().check(z.maxLength(40)), facts })),
});
export type Pretended = z.infer<typeof pretendedSchema>;

/** A test that a flow carries: this caller, these keys, at this hour, and what must come of it. */
export const flowTestSchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  given: pretendedSchema,
  steps: z.array(callerStepSchema).check(z.maxLength(100)),
  expect: z.strictObject({
    end: z.enum(['queue', 'voicemail', 'callback', 'transfer', 'hangUp', 'callerLeft']),
    queueId: z.optional(idSchema),
    priority: z.optional(z.int()),
    /** The skills asked for besides the queue's, as written in the flow. */
    skills: z.optional(z.string().check(z.maxLength(500))),
    locale: z.optional(z.enum(['en', 'zh'])),
    /** Nodes that it must pass, in this order, among others. */
    passes: z.optional(z.array(nodeIdSchema).check(z.maxLength(50))),
  }),
});
export type FlowTest = z.infer<typeof flowTestSchema>;

/** The version of this shape; a flow of a newer one is refused whole. */
export const flowFormat = 1;

export const flowSchema = z.strictObject({
  format: z.literal(flowFormat),
  flowId: idSchema,
  name,
  start: nodeIdSchema,
  /** Where a caller goes when the flow breaks, never nowhere; and what is heard in place of a prompt that is missing. */
  fallback: z.strictObject({ queueId: idSchema, prompt: idSchema }),
  nodes: z.record(nodeIdSchema, flowNodeSchema),
  /** Where the editor draws each node, in its own units. */
  layout: z.record(nodeIdSchema, z.strictObject({ x: z.number(), y: z.number() })),
  tests: z.array(flowTestSchema).check(z.maxLength(100)),
});
export type Flow = z.infer<typeof flowSchema>;

/** A flow where one of several is chosen. */
export const namedFlowSchema = z.object({ flowId: idSchema, name });
export type NamedFlow = z.infer<typeof namedFlowSchema>;

/** A flow of this many nodes is drawn by nobody. */
export const maxNodes = 500;

/** One thing wrong with a flow, on its node and its setting where it has them. An `error` keeps it from being published, a `warning` does not. */
export const flowProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.enum([
    'malformed',
    'newerFormat',
    'tooManyNodes',
    'missingStart',
    'missingExit',
    'unknownExit',
    'unreachable',
    'notAnswered',
    'menuWithoutKeys',
    'loopWithoutInput',
    'badNumber',
    'unknownQueue',
    'unknownHours',
    'unknownSkill',
    'unknownFlow',
    'flowsCallEachOther',
    'unknownPrompt',
    'promptMissingInLanguage',
    'promptOnlyText',
    'unknownFact',
    'secretUntold',
    'badAddress',
    'testFailed',
  ]),
  nodeId: z.nullable(z.string()),
  /** The path of the setting within the node, such as `keys/4` or `exits/next`. */
  field: z.nullable(z.string()),
  /** In plain English; the desktop says it in its own words from `code` and `facts`. */
  what: z.string(),
  facts: z.record(z.string(), z.string()),
});
export type FlowProblem = z.infer<typeof flowProblemSchema>;
