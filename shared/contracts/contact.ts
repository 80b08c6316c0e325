import * as z from 'zod/mini';
import { recordedSchema } from './recording.ts';

/** The customer record as the desktop shows it. "Contact" alone is the CRM person (never a SIP header). Times are epoch ms. */
export const localeSchema = z.enum(['en', 'zh']);
export type Locale = z.infer<typeof localeSchema>;

export const tierSchema = z.enum(['standard', 'silver', 'gold', 'diamond']);
export type Tier = z.infer<typeof tierSchema>;

export const channelSchema = z.enum(['voice', 'email', 'sms', 'chat', 'document']);
export type Channel = z.infer<typeof channelSchema>;

export const identifierSchema = z.object({
  kind: z.enum(['phone', 'mobile', 'email', 'externalId', 'chatVisitor', 'membership']),
  /** E.164 for numbers, lower case for e-mail. */
  value: z.string(),
  label: z.nullable(z.string()),
  verified: z.boolean(),
  /** A switchboard or household line that several people use. */
  shared: z.boolean(),
  lastUsedAt: z.nullable(z.number()),
});
export type Identifier = z.infer<typeof identifierSchema>;

export const contactSummarySchema = z.object({
  contactId: z.string(),
  name: z.string(),
  /** Position in the company, e.g. "Operations director". */
  title: z.nullable(z.string()),
  accountId: z.nullable(z.string()),
  accountName: z.nullable(z.string()),
  isKeyAccount: z.boolean(),
  tier: tierSchema,
  locale: localeSchema,
});
export type ContactSummary = z.infer<typeof contactSummarySchema>;

export const caseViewSchema = z.object({
  caseId: z.string(),
  number: z.string(),
  kind: z.enum(['complaint', 'serviceRequest', 'repair']),
  subject: z.string(),
  openedAt: z.number(),
  dueAt: z.nullable(z.number()),
});
export type CaseView = z.infer<typeof caseViewSchema>;

export const timelineItemSchema = z.object({
  id: z.string(),
  at: z.number(),
  kind: z.enum([
    ...['call', 'email', 'sms', 'chat', 'document', 'visit', 'case', 'bill'],
    ...['note', 'promise', 'task', 'offer', 'gift', 'payment', 'merge'],
  ] as const),
  title: z.string(),
  detail: z.nullable(z.string()),
  /** Who handled it, or the outcome in two words; right-hand column of the list. */
  outcome: z.nullable(z.string()),
  interactionId: z.nullable(z.string()),
  /** What the line opens, such as a case or a bill. */
  subject: z.optional(z.nullable(z.object({ kind: z.string(), id: z.string() }))),
  /** The company it happened to, where it is not the person's own. */
  accountName: z.optional(z.nullable(z.string())),
  /** Of a call that was taken here: from where, its outcome code (stored by the timer where `isAutomatic`), and how long it took with its wrap-up. */
  call: z.optional(
    z.nullable(
      z.object({
        number: z.nullable(z.string()),
        disposition: z.nullable(z.string()),
        isAutomatic: z.boolean(),
        handlingMs: z.nullable(z.number()),
      }),
    ),
  ),
  /** Of a call: what was recorded of it. */
  recordings: z.optional(z.array(recordedSchema)),
  /** What they answered when they were asked how it was: `score` of 1 to `highest`, and a word with it, or none (empty). */
  rating: z.optional(z.object({ score: z.int(), highest: z.int(), text: z.string() })),
});
export type TimelineItem = z.infer<typeof timelineItemSchema>;

export const timelinePageSchema = z.object({ items: z.array(timelineItemSchema), total: z.number(), nextBefore: z.nullable(z.number()) });
export type TimelinePage = z.infer<typeof timelinePageSchema>;

export const productSchema = z.object({
  productId: z.string(),
  name: z.string(),
  detail: z.nullable(z.string()),
  quantity: z.number(),
  /** Lines that were installed and never or no longer used. */
  unused: z.number(),
});
export type Product = z.infer<typeof productSchema>;

/** One of the at most three things to know before speaking. Told by code and facts, so that the desktop says it in its language. */
export const thingToKnowSchema = z.object({
  severity: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  code: z.enum([
    'promiseDue',
    'promiseOverdue',
    'complaintOpen',
    'caseOverdue',
    'contractEnding',
    'arrears',
    'anniversary',
    'churnRisk',
    'contractLevel',
    'unusedLines',
    'prefersChannel',
    'calledRecently',
  ]),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ThingToKnow = z.infer<typeof thingToKnowSchema>;

export const keyAccountSchema = z.object({
  managerName: z.string(),
  anniversaries: z.array(z.object({ label: z.string(), /** MM-DD */ day: z.string(), inDays: z.number() })),
});

export const consentSchema = z.object({ recording: z.boolean(), smsOffers: z.boolean(), emailOffers: z.boolean() });

export const noteSchema = z.object({ noteId: z.string(), at: z.number(), author: z.string(), text: z.string() });
export type Note = z.infer<typeof noteSchema>;

/** Why two look like one, each with what it adds to the confidence, or takes from it. */
export const likenessSchema = z.object({
  code: z.enum([
    'sameNumber',
    'sameEmail',
    'sameExternalId',
    'sameName',
    'similarName',
    'sameCompany',
    'sameBirthday',
    'sameAddress',
    'sharedLine',
    'differentBirthday',
    'differentExternalId',
  ]),
  points: z.number(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Likeness = z.infer<typeof likenessSchema>;

export const duplicateSchema = z.object({
  ...contactSummarySchema.shape,
  /** 0 to 100. */
  confidence: z.number(),
  reasons: z.array(likenessSchema),
});
export type Duplicate = z.infer<typeof duplicateSchema>;

export const contactRecordSchema = z.object({
  ...contactSummarySchema.shape,
  identifiers: z.array(identifierSchema),
  thingsToKnow: z.array(thingToKnowSchema),
  cases: z.array(caseViewSchema),
  timeline: timelinePageSchema,
  products: z.array(productSchema),
  notes: z.array(noteSchema),
  keyAccount: z.nullable(keyAccountSchema),
  consent: consentSchema,
  prefersChannel: z.nullable(channelSchema),
  /** Per month in minor units of `currency`. */
  monthlySpend: z.nullable(z.object({ amount: z.number(), currency: z.string(), changePercent: z.nullable(z.number()) })),
  contractEndsAt: z.nullable(z.number()),
  /** Of service, of the running contract that ends first and has one. */
  contractLevel: z.nullable(z.string()),
  /** 0 to 100; null when nothing is known. */
  churnRisk: z.nullable(z.number()),
  /** What the risk is made of, as in the score of the whole page. */
  churnReasons: z.array(z.object({ code: z.string(), points: z.number(), facts: z.record(z.string(), z.union([z.string(), z.number()])) })),
  /** Who looks after their company; `agentId` null where it is nobody of the desk. */
  manager: z.nullable(z.object({ agentId: z.nullable(z.string()), name: z.string() })),
  /** Other records that may be the same person, the most likely first. */
  possibleDuplicates: z.array(duplicateSchema),
});
export type ContactRecord = z.infer<typeof contactRecordSchema>;
