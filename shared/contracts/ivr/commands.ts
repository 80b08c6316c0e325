import * as z from 'zod/mini';
import { idSchema } from '../configuration.ts';
import { id } from '../fields.ts';
import { callerStepSchema, flowProblemSchema, flowSchema, pretendedSchema } from './flow.ts';
import { heatSchema, tracedCallSchema, traceStepSchema } from './trace.ts';

const moment = z.number().check(z.gte(0));
const version = z.int().check(z.gte(1));
const by = z.object({ userId: z.nullable(z.string()), name: z.string() });
const note = z.string().check(z.maxLength(500));

/** The number that is called, and which flow then answers: the first whose hours are open; `hours` null is always. */
export const flowEntrySchema = z.strictObject({
  dnis: z.string().check(z.regex(/^\+?[0-9*#]{1,20}$/, 'a dialled number: 1 to 20 digits, with or without a plus')),
  name: z.strictObject({ en: z.string().check(z.maxLength(80)), zh: z.string().check(z.maxLength(80)) }),
  flows: z.array(z.strictObject({ hoursId: z.nullable(idSchema), flowId: idSchema })).check(z.minLength(1), z.maxLength(20)),
});
export type FlowEntry = z.infer<typeof flowEntrySchema>;

export const flowSummarySchema = z.object({
  flowId: z.string(),
  name: z.object({ en: z.string(), zh: z.string() }),
  /** Null: never published. */
  live: z.nullable(z.object({ version, at: moment, by })),
  /** Null: nothing was changed since. `revision` counts every save of this draft. */
  draft: z.nullable(z.object({ revision: z.int(), at: moment, by })),
  dialled: z.array(z.string()),
});
export type FlowSummary = z.infer<typeof flowSummarySchema>;

export const flowVersionSchema = z.object({
  version,
  at: moment,
  by,
  note: z.string(),
  /** The version whose contents it has again. */
  restores: z.nullable(version),
  isLive: z.boolean(),
});
export type FlowVersion = z.infer<typeof flowVersionSchema>;

/** What one has and the other has not, node by node; `nodeId` null is the flow itself. Values are as they would be written, null where there is none. */
export const flowChangeSchema = z.object({
  nodeId: z.nullable(z.string()),
  what: z.enum(['added', 'removed', 'changed']),
  fields: z.array(z.object({ path: z.string(), before: z.nullable(z.string()), after: z.nullable(z.string()) })),
});
export type FlowChange = z.infer<typeof flowChangeSchema>;

/** Taken, or refused whole with all that is wrong. */
const publishedSchema = z.discriminatedUnion('published', [
  z.object({ published: z.literal(true), version }),
  z.object({ published: z.literal(false), problems: z.array(flowProblemSchema) }),
]);

/** One line of a run that was stepped through. `heard`: prompts by name, or what is spoken as text. */
export const transcriptLineSchema = z.object({
  atMs: z.number(),
  nodeId: z.string(),
  what: z.enum(['entered', 'heard', 'pressed', 'silent', 'looksUp', 'left', 'fault', 'end']),
  text: z.string(),
  prompts: z.array(z.string()),
  exit: z.nullable(z.string()),
});
export type TranscriptLine = z.infer<typeof transcriptLineSchema>;

export const simulatedSchema = z.object({
  lines: z.array(transcriptLineSchema),
  /** Where it stands; null when it is over. */
  at: z.nullable(z.object({ nodeId: z.string(), waitsFor: z.enum(['key', 'digits', 'caller', 'nothing']) })),
  locale: z.enum(['en', 'zh']),
  facts: z.record(z.string(), z.string()),
  end: z.nullable(
    z.object({
      kind: z.enum(['queue', 'voicemail', 'callback', 'transfer', 'hangUp', 'callerLeft', 'fault']),
      queueId: z.nullable(z.string()),
      priority: z.nullable(z.int()),
      skills: z.nullable(z.string()),
    }),
  ),
});
export type Simulated = z.infer<typeof simulatedSchema>;

const flowCommand = { right: 'configuration:read' } as const;
const changing = { right: 'configuration:write' } as const;

export const flowCommands = {
  'flow:list': {
    ...flowCommand,
    request: z.object({}),
    answer: z.object({ flows: z.array(flowSummarySchema), entries: z.array(flowEntrySchema), entriesRevision: z.int() }),
  },
  /** `version` null: the draft, or what is live where there is none. */
  'flow:read': {
    ...flowCommand,
    request: z.object({ flowId: idSchema, version: z.nullable(version) }),
    answer: z.object({ flow: flowSchema, version: z.nullable(version), draftRevision: z.nullable(z.int()), live: z.nullable(version) }),
  },
  /** The draft as it was saved last, with its problems and its tests judged once more. */
  'flow:publish': { ...changing, request: z.object({ flowId: idSchema, draftRevision: z.int(), note }), answer: publishedSchema },
  /** Publishes the contents of an earlier version again, as a new one. */
  'flow:roll-back': { ...changing, request: z.object({ flowId: idSchema, version, note }), answer: publishedSchema },
  'flow:discard-draft': { ...changing, request: z.object({ flowId: idSchema, draftRevision: z.int() }), answer: z.object({}) },
  'flow:remove': { ...changing, request: z.object({ flowId: idSchema }), answer: z.object({}) },
  'flow:versions': { ...flowCommand, request: z.object({ flowId: idSchema }), answer: z.object({ versions: z.array(flowVersionSchema) }) },
  /** `null` is the draft. */
  'flow:compare': {
    ...flowCommand,
    request: z.object({ flowId: idSchema, before: z.nullable(version), after: z.nullable(version) }),
    answer: z.object({ changes: z.array(flowChangeSchema) }),
  },
  'flow:save-entries': {
    ...changing,
    request: z.object({ entries: z.array(flowEntrySchema).check(z.maxLength(2_000)), basedOn: z.int() }),
    answer: z.discriminatedUnion('saved', [
      z.object({ saved: z.literal(true), revision: z.int() }),
      z.object({ saved: z.literal(false), problems: z.array(z.object({ dnis: z.string(), what: z.string() })) }),
    ]),
  },
  /** A number to be called within ten minutes from a phone or the desktop, behind which this draft answers. */
  'flow:open-try': { ...changing, request: z.object({ flowId: idSchema }), answer: z.object({ dial: z.string() }) },
  /**
   * Rings the asker's own phone, `phone` by the name it is registered under; when it has answered by itself, the draft has it as its caller.
   * The INVITE names the `reservationId`.
   */
  'flow:call-draft': {
    ...changing,
    request: z.object({ flowId: idSchema, phone: z.string().check(z.maxLength(100)) }),
    answer: z.object({ reservationId: z.string() }),
  },
  /** `version` null: all of them. */
  'flow:heat': {
    ...flowCommand,
    request: z.object({ flowId: idSchema, version: z.nullable(version), from: moment, to: moment }),
    answer: heatSchema,
  },
  /** Calls through a flow, the latest first; those only that passed the node, took the exit, typed the text. At most 100; `before` goes on. */
  'flow:traces': {
    right: 'queue:watch',
    request: z.object({
      flowId: idSchema,
      nodeId: z.nullable(z.string().check(z.maxLength(64))),
      exit: z.nullable(z.string().check(z.maxLength(40))),
      typed: z.nullable(z.string().check(z.maxLength(40))),
      from: moment,
      to: moment,
      before: z.nullable(moment),
    }),
    answer: z.object({ calls: z.array(tracedCallSchema) }),
  },
  'interaction:trace': {
    right: 'contact:read',
    request: z.object({ interactionId: z.string().check(z.minLength(1), z.maxLength(64)) }),
    answer: z.object({ steps: z.array(traceStepSchema) }),
  },
} as const;

/** Flows are too large for the socket. A flow is taken as it is written, and judged in the answer. */
export const flowUploads = {
  /**
   * `basedOn`: the revision of the draft that was read, null where there was none; `live`: the version that was live then, null for none. With
   * another draft or another version by now, the answer is `conflict`. Kept however much is wrong with it, but for what is no flow at all. `writingId` names
   * the hand that writes, from opening the editor to closing it: where the answer to a save was lost, the next one of the same hand goes on from it.
   */
  'flow:save-draft': {
    path: '/api/flows/draft',
    right: 'configuration:write',
    request: z.object({
      flow: z.unknown(),
      basedOn: z.nullable(z.int()),
      live: z.optional(z.nullable(version)),
      writingId: id,
    }),
    answer: z.discriminatedUnion('saved', [
      z.object({ saved: z.literal(true), revision: z.int(), problems: z.array(flowProblemSchema) }),
      z.object({ saved: z.literal(false), problems: z.array(flowProblemSchema) }),
    ]),
  },
  'flow:check': {
    path: '/api/flows/check',
    right: 'configuration:read',
    request: z.object({ flow: z.unknown() }),
    answer: z.object({ problems: z.array(flowProblemSchema) }),
  },
  /** Steps through it without a call: all that was done so far comes with each request. */
  'flow:simulate': {
    path: '/api/flows/simulate',
    right: 'configuration:read',
    request: z.object({ flow: flowSchema, given: pretendedSchema, steps: z.array(callerStepSchema).check(z.maxLength(200)) }),
    answer: simulatedSchema,
  },
} as const;

export type FlowCommandName = keyof typeof flowCommands;
export type FlowUploadName = keyof typeof flowUploads;
