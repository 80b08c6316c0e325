import * as z from 'zod/mini';
import {
  channelSchema,
  contactRecordSchema,
  contactSummarySchema,
  localeSchema,
  noteSchema,
  tierSchema,
  timelineItemSchema,
} from './contact.ts';
import { filled, id, text } from './fields.ts';

/**
 * The whole page of a customer, piece by piece; what can be done on it is in `record-commands.ts`. Times are epoch ms, money minor units, days
 * `YYYY-MM-DD`, months `YYYY-MM`. Any id of a person who was merged from several cards reads the person.
 */

export const stages = ['prospect', 'new', 'growing', 'mature', 'declining', 'lost'] as const;
export const stageSchema = z.enum(stages);
export type Stage = z.infer<typeof stageSchema>;

/** Where a value that was not typed here came from, and of when it is. */
export const provenanceSchema = z.nullable(z.object({ source: z.string(), at: z.nullable(z.number()) }));
export type Provenance = z.infer<typeof provenanceSchema>;

export const identifierKinds = ['mobile', 'phone', 'email', 'chatVisitor', 'externalId', 'membership'] as const;
export const identifierKindSchema = z.enum(identifierKinds);
export type IdentifierKind = z.infer<typeof identifierKindSchema>;

/** Of a field that the administrator defined: text, a choice's id or a day; a number; a flag. */
export const customValueSchema = z.union([text(2_000), z.number(), z.boolean()]);
export type CustomValue = z.infer<typeof customValueSchema>;

/** What a person is called here, preferred and allowed. `custom` by the id of the administrator's field. */
export const personFieldsSchema = z.object({
  name: filled(200),
  title: z.nullable(text(200)),
  locale: localeSchema,
  tier: tierSchema,
  segment: z.nullable(text(100)),
  stage: z.nullable(stageSchema),
  /** `1984-03-28`, or `03-28` where the year is not known. */
  birthday: z.nullable(z.string().check(z.regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day such as 1984-03-28 or 03-28'))),
  orgUnitId: z.nullable(id),
  prefersChannel: z.nullable(channelSchema),
  prefersFrom: z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 09:00'))),
  prefersUntil: z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 18:00'))),
  allowsRecording: z.boolean(),
  allowsCallOffers: z.boolean(),
  allowsSmsOffers: z.boolean(),
  allowsEmailOffers: z.boolean(),
  custom: z.record(z.string(), customValueSchema),
});
export type PersonFields = z.infer<typeof personFieldsSchema>;
/** What is absent stays. Of `custom` too: only the fields named are changed, and null takes one away. */
export const personEditSchema = z.partial(
  z.object({ ...personFieldsSchema.shape, custom: z.record(z.string().check(z.maxLength(64)), z.nullable(customValueSchema)) }),
);
export type PersonEdit = z.infer<typeof personEditSchema>;
export const personFieldNames = Object.keys(personFieldsSchema.shape) as readonly (keyof PersonFields)[];

export const addressSchema = z.object({
  addressId: id,
  kind: z.enum(['home', 'work', 'billing', 'site']),
  lines: text(500),
  city: z.nullable(text(100)),
  region: z.nullable(text(100)),
  postalCode: z.nullable(text(20)),
  country: z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/, 'a country by its two capital letters'))),
});
export type Address = z.infer<typeof addressSchema>;

export const fullIdentifierSchema = z.object({
  identifierId: id,
  /** The card that has it; null for a number of the company or household. */
  contactId: z.nullable(id),
  accountId: z.nullable(id),
  kind: identifierKindSchema,
  value: z.string(),
  label: z.nullable(z.string()),
  extension: z.nullable(z.string()),
  verified: z.boolean(),
  shared: z.boolean(),
  lastUsedAt: z.nullable(z.number()),
  provenance: provenanceSchema,
});
export type FullIdentifier = z.infer<typeof fullIdentifierSchema>;

export const caseStatuses = ['open', 'inProgress', 'waiting', 'solved', 'closed'] as const;
export const caseStatusSchema = z.enum(caseStatuses);
export type CaseStatus = z.infer<typeof caseStatusSchema>;
export const caseKindSchema = z.enum(['complaint', 'serviceRequest', 'repair']);

export const caseStepSchema = z.object({
  stepId: z.string(),
  at: z.number(),
  author: z.string(),
  /** What was done: words, a new status, a new owner, an answer to the customer; `field` is one of the organisation's own, `id: value`. */
  kind: z.enum(['opened', 'note', 'status', 'owner', 'deadline', 'responded', 'promise', 'priority', 'outcome', 'field']),
  text: z.string(),
});
export const caseFileSchema = z.object({
  caseId: z.string(),
  number: z.string(),
  kind: caseKindSchema,
  status: caseStatusSchema,
  /** 0 usual, 1 high, 2 urgent. */
  priority: z.int(),
  subject: z.string(),
  description: z.string(),
  contact: contactSummarySchema,
  ownerAgentId: z.nullable(z.string()),
  ownerName: z.nullable(z.string()),
  openedAt: z.number(),
  /** By the contract of the customer, from its hours of response and resolution; or as set by hand. */
  responseDueAt: z.nullable(z.number()),
  respondedAt: z.nullable(z.number()),
  dueAt: z.nullable(z.number()),
  closedAt: z.nullable(z.number()),
  contractName: z.nullable(z.string()),
  productName: z.nullable(z.string()),
  outcome: z.nullable(z.string()),
  /** By the id of the administrator's field. */
  custom: z.record(z.string(), customValueSchema),
  steps: z.array(caseStepSchema),
  provenance: provenanceSchema,
  revision: z.int(),
});
export type CaseFile = z.infer<typeof caseFileSchema>;

export const promiseSchema = z.object({
  promiseId: z.string(),
  contactId: z.string(),
  caseNumber: z.nullable(z.string()),
  text: z.string(),
  dueAt: z.number(),
  ownerAgentId: z.nullable(z.string()),
  ownerName: z.nullable(z.string()),
  madeAt: z.nullable(z.number()),
  madeBy: z.nullable(z.string()),
  keptAt: z.nullable(z.number()),
  /** It is to be kept by a call, which is made by itself when it is due. */
  isCallback: z.optional(z.boolean()),
});
export type PromiseMade = z.infer<typeof promiseSchema>;

export const taskSchema = z.object({
  taskId: z.string(),
  contactId: z.nullable(z.string()),
  accountId: z.nullable(z.string()),
  title: z.string(),
  dueAt: z.nullable(z.number()),
  ownerAgentId: z.nullable(z.string()),
  ownerName: z.nullable(z.string()),
  madeBy: z.string(),
  doneAt: z.nullable(z.number()),
});
export type Task = z.infer<typeof taskSchema>;

export const heldProductSchema = z.object({
  productId: z.string(),
  name: z.string(),
  detail: z.nullable(z.string()),
  quantity: z.number(),
  unused: z.number(),
  serial: z.nullable(z.string()),
  lineNumber: z.nullable(z.string()),
  startsAt: z.nullable(z.number()),
  warrantyEndsAt: z.nullable(z.number()),
  status: z.enum(['active', 'installedUnused', 'suspended', 'ended']),
  provenance: provenanceSchema,
});
export type HeldProduct = z.infer<typeof heldProductSchema>;

export const contractViewSchema = z.object({
  contractId: z.string(),
  name: z.string(),
  number: z.nullable(z.string()),
  /** Of service, e.g. "Gold". */
  level: z.nullable(z.string()),
  startsAt: z.number(),
  endsAt: z.number(),
  responseHours: z.nullable(z.number()),
  resolutionHours: z.nullable(z.number()),
  provenance: provenanceSchema,
});
export type ContractView = z.infer<typeof contractViewSchema>;

export const billViewSchema = z.object({
  billId: z.string(),
  number: z.string(),
  month: z.string(),
  issuedAt: z.number(),
  dueAt: z.number(),
  amount: z.number(),
  paid: z.number(),
  currency: z.string(),
  provenance: provenanceSchema,
});
export type BillView = z.infer<typeof billViewSchema>;

export const offerMadeSchema = z.object({
  offerId: z.string(),
  name: z.string(),
  channel: channelSchema,
  madeAt: z.number(),
  madeBy: z.string(),
  /** Null: not answered yet. */
  answer: z.nullable(z.enum(['accepted', 'declined', 'noInterest'])),
  answeredAt: z.nullable(z.number()),
  remark: z.nullable(z.string()),
  /** Null: it may be offered again. Otherwise not, on whatever channel: it was answered, or is still to be. */
  notAgain: z.nullable(z.enum(['answered', 'awaitingAnswer'])),
});
export type OfferMade = z.infer<typeof offerMadeSchema>;

export const attachmentSchema = z.object({
  attachmentId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  addedAt: z.number(),
  addedBy: z.string(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** One reason of a score, with what it adds or takes. The desktop says it in its language by code and facts. */
export const scoreReasonSchema = z.object({
  code: z.string(),
  points: z.number(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ScoreReason = z.infer<typeof scoreReasonSchema>;
/** Each 0 to 100. `box` is the place in the value matrix, current value x growth potential, each low, middle, high. */
export const scoreSchema = z.object({
  value: z.number(),
  valueReasons: z.array(scoreReasonSchema),
  growth: z.number(),
  growthReasons: z.array(scoreReasonSchema),
  churn: z.number(),
  churnReasons: z.array(scoreReasonSchema),
  /** A year ago, or as early as is known; null when that is today. */
  earlier: z.nullable(z.object({ value: z.number(), growth: z.number(), churn: z.number(), month: z.string() })),
  computedAt: z.number(),
});
export type Score = z.infer<typeof scoreSchema>;

/** Use by month and kind, oldest month first; a month without use is there with nothing. Of one customer or of a whole group. */
export const consumptionSchema = z.object({
  currency: z.string(),
  months: z.array(z.string()),
  kinds: z.array(z.object({ kind: z.string(), unit: z.string(), quantity: z.array(z.number()), amount: z.array(z.number()) })),
  total: z.array(z.number()),
  /** Mean of the last three whole months against the three before, in percent; null without enough months. */
  changePercent: z.nullable(z.number()),
});
export type Consumption = z.infer<typeof consumptionSchema>;

/** Everything of one person, for the full page. */
export const contactPageSchema = z.object({
  record: contactRecordSchema,
  fields: personFieldsSchema,
  /** Goes up with every change of `fields`; edits are based on it. */
  revision: z.int(),
  provenance: provenanceSchema,
  /** The cards of this person; more than one after a merge. */
  cards: z.array(z.object({ contactId: z.string(), name: z.string() })),
  accounts: z.array(
    z.object({
      accountId: z.string(),
      name: z.string(),
      kind: z.enum(['company', 'household']),
      role: z.nullable(z.string()),
      isPrimary: z.boolean(),
    }),
  ),
  identifiers: z.array(fullIdentifierSchema),
  addresses: z.array(addressSchema),
  cases: z.array(caseFileSchema),
  promises: z.array(promiseSchema),
  tasks: z.array(taskSchema),
  products: z.array(heldProductSchema),
  contracts: z.array(contractViewSchema),
  bills: z.array(billViewSchema),
  consumption: z.nullable(consumptionSchema),
  offers: z.array(offerMadeSchema),
  attachments: z.array(attachmentSchema),
  score: z.nullable(scoreSchema),
  notes: z.array(noteSchema),
});
export type ContactPage = z.infer<typeof contactPageSchema>;

/** A change of one field, newest first. `before` and `after` are JSON. */
export const recordChangeSchema = z.object({
  changeId: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  field: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
  at: z.number(),
  author: z.string(),
  source: z.string(),
  /** Taken back meanwhile. */
  undone: z.boolean(),
});
export type RecordChange = z.infer<typeof recordChangeSchema>;

/** What the stream can be narrowed to. */
export const streamKindSchema = timelineItemSchema.shape.kind;
export type StreamKind = z.infer<typeof streamKindSchema>;
