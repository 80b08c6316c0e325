import * as z from 'zod/mini';
import { localeSchema } from './contact.ts';
import { id } from './fields.ts';
import { conditionSchema, factNameSchema } from './ivr/conditions.ts';
import { caseKindSchema } from './record.ts';
import { idSchema } from './setting-fields.ts';

/**
 * Guides: what an agent says and asks, step by step. A guide is data like a call flow: drafted, judged as a whole, published in versions. A
 * run of one is stepped through by `shared/guide-steps.ts`, on the desktop and, when it is finished, once more on the bridge.
 *
 * Answers are facts for conditions and texts: `answer.NAME`, as plain text (`1284.00`, `2026-11-30`, `yes`). Beside them a run knows the
 * facts of the contact (`guide-facts.ts` of the desktop) and those of the menu before it.
 */

/** In both languages. Empty while it is being drafted; a guide goes live with both. */
const words = (most: number) => z.strictObject({ en: z.string().check(z.maxLength(most)), zh: z.string().check(z.maxLength(most)) });
export type Words = { readonly en: string; readonly zh: string };

const stepId = z.string().check(z.regex(/^[a-z][A-Za-z0-9-]{0,39}$/, '1 to 40 letters, digits or dashes, the first a small letter'));
export const answerNameSchema = z
  .string()
  .check(z.regex(/^[a-z][A-Za-z0-9]{0,39}$/, '1 to 40 letters or digits, the first a small letter'));
/** An article of the knowledge base, by its number. */
const articleSchema = z.string().check(z.regex(/^KB-\d{1,6}$/, 'the number of an article such as KB-311'));
const conditions = z.array(conditionSchema).check(z.maxLength(5));

export const guideOptionSchema = z.strictObject({
  value: answerNameSchema,
  label: words(120),
  /** What its limit is, such as "within your limit". */
  note: words(80),
  /** Somebody else has to say yes; who it was is written down with the answer. */
  needsApproval: z.boolean(),
  article: z.nullable(articleSchema),
});
export type GuideOption = z.infer<typeof guideOptionSchema>;

export const guideFieldKinds = ['text', 'number', 'money', 'date', 'check', 'choice'] as const;
export const guideFieldSchema = z.strictObject({
  name: answerNameSchema,
  kind: z.enum(guideFieldKinds),
  label: words(120),
  required: z.boolean(),
  /** What a text has to be. */
  shape: z.nullable(z.enum(['digits', 'phone', 'email'])),
  /** Limits of a number or an amount; of a text, those of its length. */
  least: z.nullable(z.number()),
  most: z.nullable(z.number()),
  /** ISO 4217, of an amount. */
  currency: z.nullable(z.string().check(z.regex(/^[A-Z]{3}$/, 'a currency such as CNY'))),
  /** Of a choice, one of which is taken. */
  options: z.array(guideOptionSchema).check(z.maxLength(9)),
});
export type GuideField = z.infer<typeof guideFieldSchema>;

/** Where it goes on when all of `when` hold; `to` null ends the guide, and may suggest the outcome of the contact. */
export const guideExitSchema = z.strictObject({ when: conditions, to: z.nullable(stepId), outcome: z.nullable(idSchema) });
export type GuideExit = z.infer<typeof guideExitSchema>;

export const guideStepSchema = z.strictObject({
  id: stepId,
  title: words(60),
  /** What is read out, with facts in braces. */
  say: words(1_000),
  fields: z.array(guideFieldSchema).check(z.maxLength(10)),
  article: z.nullable(articleSchema),
  /** The first that holds is taken; the last one always holds. */
  exits: z.array(guideExitSchema).check(z.minLength(1), z.maxLength(10)),
});
export type GuideStep = z.infer<typeof guideStepSchema>;

/** What is promised or left to do when the guide is finished and all of `when` hold; due so many hours later. */
export const guideFollowUpSchema = z.strictObject({
  kind: z.enum(['task', 'promise']),
  text: words(200),
  inHours: z.int().check(z.gte(1), z.lte(2_160)),
  when: conditions,
});

/** The version of this shape; a guide of a newer one is refused whole. */
export const guideFormat = 1;
export const maxGuideSteps = 40;

export const guideSchema = z.strictObject({
  format: z.literal(guideFormat),
  guideId: idSchema,
  name: z.strictObject({ en: z.string().check(z.minLength(1), z.maxLength(80)), zh: z.string().check(z.minLength(1), z.maxLength(80)) }),
  /** Any of these opens it; `queueId` null is any queue, `when` tells the intent. None: it is opened by hand. */
  opens: z.array(z.strictObject({ queueId: z.nullable(idSchema), when: conditions })).check(z.maxLength(20)),
  /** The case that is opened for the answers where none is chosen. */
  case: z.strictObject({ kind: caseKindSchema, subject: words(200), priority: z.int().check(z.gte(0), z.lte(2)) }),
  /** It begins with the first. */
  steps: z.array(guideStepSchema).check(z.minLength(1), z.maxLength(maxGuideSteps)),
  followUps: z.array(guideFollowUpSchema).check(z.maxLength(10)),
});
export type Guide = z.infer<typeof guideSchema>;

const version = z.int().check(z.gte(1));
const moment = z.number();
const by = z.object({ userId: z.nullable(z.string()), name: z.string() });
const note = z.string().check(z.maxLength(500));
const named = z.object({ guideId: z.string(), name: z.object({ en: z.string(), zh: z.string() }) });

/** Where somebody is in a guide. What was answered on a way that was left stays in `answers`, and counts no more. */
export const guideRunSchema = z.strictObject({
  guideId: idSchema,
  version,
  /** The steps passed, the last being where it stands; none twice. */
  path: z.array(stepId).check(z.minLength(1), z.maxLength(maxGuideSteps)),
  isAtEnd: z.boolean(),
  answers: z.record(answerNameSchema, z.string().check(z.maxLength(2_000))),
  /** Who said yes to an answer that needs approval. */
  approvals: z.record(answerNameSchema, z.string().check(z.maxLength(100))),
  /** What was known of the contact. */
  facts: z.record(factNameSchema, z.string().check(z.maxLength(500))),
  /** Of what a colleague asked before the contact went to another: who it was. Absent: nothing was. */
  askedBy: z.optional(z.record(answerNameSchema, z.string().check(z.maxLength(100)))),
});
export type GuideRun = z.infer<typeof guideRunSchema>;

export const finishedRunSchema = z.object({ at: moment, caseId: z.string(), caseNumber: z.string() });
export type FinishedRun = z.infer<typeof finishedRunSchema>;
/** A run as the bridge keeps it. `finished` null: its answers are in no case yet. */
export const keptRunSchema = z.object({
  run: guideRunSchema,
  revision: z.int(),
  savedAt: moment,
  finished: z.nullable(finishedRunSchema),
});
export type KeptRun = z.infer<typeof keptRunSchema>;

/** A guide that stands open at a contact. `why` it does: it was begun before, here or by whoever had the contact until then, by its queue, by what the menu found out, or by hand. */
export const openGuideSchema = z.object({
  guide: guideSchema,
  version,
  kept: z.nullable(keptRunSchema),
  why: z.enum(['begun', 'queue', 'intent', 'hand']),
  /** Whose it is, where it is only to be read: by whoever is asked for advice. */
  readAlong: z.optional(z.object({ name: z.string() })),
});
export type OpenGuide = z.infer<typeof openGuideSchema>;

/** One thing wrong with a guide, on its step and its field where it has them. An `error` keeps it from going live. */
export const guideProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.enum([
    'malformed',
    'newerFormat',
    'wordsMissing',
    'stepTwice',
    'answerTwice',
    'optionTwice',
    'noOptions',
    'badLimits',
    'badRule',
    'unknownStep',
    'unreachable',
    'noWayOn',
    'neverTaken',
    'neverEnds',
    'circle',
    'unknownAnswer',
    'unknownFact',
    'unknownQueue',
    'unknownOutcome',
  ]),
  stepId: z.nullable(z.string()),
  /** The path of the setting within the step, or within the guide. */
  field: z.nullable(z.string()),
  /** In plain English; the desktop says it in its own words from `code` and `facts`. */
  what: z.string(),
  facts: z.record(z.string(), z.string()),
});
export type GuideProblem = z.infer<typeof guideProblemSchema>;

export const guideSummarySchema = z.object({
  ...named.shape,
  /** Null: never published, or withdrawn. */
  live: z.nullable(z.object({ version, at: moment, by })),
  draft: z.nullable(z.object({ revision: z.int(), at: moment, by })),
});
export type GuideSummary = z.infer<typeof guideSummarySchema>;

export const guideVersionSchema = z.object({
  version,
  at: moment,
  by,
  note: z.string(),
  restores: z.nullable(version),
  isLive: z.boolean(),
});
export type GuideVersion = z.infer<typeof guideVersionSchema>;

const publishedSchema = z.discriminatedUnion('published', [
  z.object({ published: z.literal(true), version }),
  z.object({ published: z.literal(false), problems: z.array(guideProblemSchema) }),
]);

const running = { right: 'work:handle' } as const;
const writing = { right: 'guide:write' } as const;

export const guideCommands = {
  /**
   * At a contact in hand: the guide that was begun there, or with `guideId` null the one that its queue and facts open, if any; `guides` can
   * be opened by hand.
   */
  'guide:open': {
    ...running,
    request: z.object({
      interactionId: id,
      guideId: z.nullable(idSchema),
      queueId: id,
      facts: z.record(factNameSchema, z.string().check(z.maxLength(500))),
    }),
    answer: z.object({ opened: z.nullable(openGuideSchema), guides: z.array(named) }),
  },
  /** Those that are live whose name has all these words, in either language. */
  'guide:find': {
    ...running,
    request: z.object({ text: z.string().check(z.maxLength(200)), limit: z.int().check(z.gte(1), z.lte(20)) }),
    answer: z.object({ guides: z.array(named) }),
  },
  /** One that is live, to be looked at without a contact. */
  'guide:look': { ...running, request: z.object({ guideId: idSchema }), answer: z.object({ guide: guideSchema, version }) },
  /** The answer means it is on disk. Same revision again is one action (a retry), a lower one is a conflict. */
  'guide:save': {
    ...running,
    request: z.object({ interactionId: id, run: guideRunSchema, revision: z.int() }),
    answer: z.object({ savedAt: moment, revision: z.int() }),
  },
  /**
   * Writes the answers as one step into the case of this customer, or opens one (`caseId` null), in words of `locale`; with it what follows.
   * Once: asked again it answers what was done. `notAnswered`: the run is not at its end, or cannot have come about. `handedOver`: whoever
   * has the contact now goes on with it.
   */
  'guide:finish': {
    ...running,
    request: z.object({
      interactionId: id,
      run: guideRunSchema,
      contactId: id,
      caseId: z.nullable(id),
      locale: localeSchema,
    }),
    answer: z.discriminatedUnion('kept', [
      z.object({ kept: z.literal(true), finished: finishedRunSchema }),
      z.object({ kept: z.literal(false), why: z.enum(['notAnswered', 'handedOver']) }),
    ]),
  },

  'guide:list': { ...writing, request: z.object({}), answer: z.object({ guides: z.array(guideSummarySchema) }) },
  /** `version` null: the draft, or what is live where there is none. */
  'guide:read': {
    ...writing,
    request: z.object({ guideId: idSchema, version: z.nullable(version) }),
    answer: z.object({
      guide: guideSchema,
      version: z.nullable(version),
      draftRevision: z.nullable(z.int()),
      live: z.nullable(version),
      problems: z.array(guideProblemSchema),
    }),
  },
  /** The draft as it was saved last, judged once more. It holds for the next contact; what was begun goes on in its version. */
  'guide:publish': { ...writing, request: z.object({ guideId: idSchema, draftRevision: z.int(), note }), answer: publishedSchema },
  /** Publishes the contents of an earlier version again, as a new one. */
  'guide:restore': { ...writing, request: z.object({ guideId: idSchema, version, note }), answer: publishedSchema },
  /** Opens at no contact any more; its draft and its versions stay. */
  'guide:withdraw': { ...writing, request: z.object({ guideId: idSchema, note }), answer: z.object({}) },
  'guide:discard-draft': { ...writing, request: z.object({ guideId: idSchema, draftRevision: z.int() }), answer: z.object({}) },
  'guide:versions': { ...writing, request: z.object({ guideId: idSchema }), answer: z.object({ versions: z.array(guideVersionSchema) }) },
} as const;
export type GuideCommandName = keyof typeof guideCommands;

/** Events of guides that come down to a desktop. */
export const guidePushes = {
  /** To whoever is asked for advice, of the contact as they have it: where the colleague whom they advise is by now. */
  'guide:moved': z.object({ interactionId: z.string(), kept: keptRunSchema }),
} as const;

/** A guide may be too large for the socket. It is taken as it is written, and judged in the answer. */
export const guideUploads = {
  /**
   * `basedOn`: the revision of the draft that was read, null where there was none; with another by now the answer is `conflict`. `writingId` names
   * the hand that writes, from opening the editor to closing it: where the answer to a save was lost, the next one of the same hand goes on from it.
   */
  'guide:save-draft': {
    path: '/api/guides/draft',
    right: 'guide:write',
    request: z.object({ guide: z.unknown(), basedOn: z.nullable(z.int()), writingId: id }),
    answer: z.discriminatedUnion('saved', [
      z.object({ saved: z.literal(true), revision: z.int(), problems: z.array(guideProblemSchema) }),
      z.object({ saved: z.literal(false), problems: z.array(guideProblemSchema) }),
    ]),
  },
} as const;
export type GuideUploadName = keyof typeof guideUploads;
