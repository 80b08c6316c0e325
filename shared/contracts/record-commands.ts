import * as z from 'zod/mini';
import { channelSchema, localeSchema, noteSchema, timelinePageSchema } from './contact.ts';
import { filled, id, text } from './fields.ts';
import {
  addressSchema,
  caseFileSchema,
  caseKindSchema,
  caseStatusSchema,
  contactPageSchema,
  customValueSchema,
  identifierKindSchema,
  offerMadeSchema,
  personEditSchema,
  promiseSchema,
  recordChangeSchema,
  streamKindSchema,
  taskSchema,
} from './record.ts';
import { scheduledCallbackSchema } from './scheduled-callbacks.ts';

const nothing = z.object({});

/** Commands about one customer's record. Each answer that changed something is what the screen shows afterwards. */
export const recordCommands = {
  'contact:page': { right: 'contact:read', request: z.object({ contactId: id }), answer: contactPageSchema },
  /**
   * Everything that happened, of all cards and of the companies of this person, latest first. `text` is looked for as it stands, in any case;
   * empty `text` is all, and so are empty `kinds`. Entries of one moment are never parted, so a page may be longer than `limit`.
   */
  'contact:stream': {
    right: 'contact:read',
    request: z.object({
      contactId: id,
      before: z.nullable(z.number()),
      limit: z.int().check(z.gte(1), z.lte(100)),
      kinds: z.array(streamKindSchema),
      text: text(200),
    }),
    answer: timelinePageSchema,
  },
  /** `basedOn` is the revision that was read: when somebody else changed it since, `conflict` and nothing is taken. */
  'contact:edit': {
    right: 'contact:write',
    request: z.object({ contactId: id, basedOn: z.int(), fields: personEditSchema }),
    answer: contactPageSchema,
  },
  'contact:create': {
    right: 'contact:write',
    request: z.object({
      fields: z.object({ name: filled(200), locale: localeSchema, title: z.nullable(text(200)), accountId: z.nullable(id) }),
      identifiers: z.array(z.object({ kind: identifierKindSchema, value: filled(320) })).check(z.maxLength(10)),
      /** Of this contact they are from now on. */
      interactionId: z.nullable(id),
    }),
    answer: contactPageSchema,
  },
  /** A new one (`identifierId` null), or another label, owner, sharing of one. */
  'contact:set-identifier': {
    right: 'contact:write',
    request: z.object({
      contactId: id,
      identifierId: z.nullable(id),
      kind: identifierKindSchema,
      value: filled(320),
      label: z.nullable(text(100)),
      verified: z.boolean(),
      /** A line several people use: the company's or household's own from now on, where the person has one. */
      shared: z.boolean(),
    }),
    answer: contactPageSchema,
  },
  /** A number or address that several people use is from now on nobody's own: of all of them, or, when one of them is not there, of none. */
  'contact:share-identifier': {
    right: 'contact:write',
    request: z.object({ value: filled(320), contactIds: z.array(id).check(z.minLength(1), z.maxLength(50)) }),
    answer: z.object({}),
  },
  'contact:remove-identifier': {
    right: 'contact:write',
    request: z.object({ contactId: id, identifierId: id }),
    answer: contactPageSchema,
  },
  'contact:set-address': {
    right: 'contact:write',
    request: z.object({ contactId: id, address: z.object({ ...addressSchema.shape, addressId: z.nullable(id) }) }),
    answer: contactPageSchema,
  },
  'contact:history': {
    right: 'contact:read',
    request: z.object({ contactId: id, before: z.nullable(z.number()), limit: z.int().check(z.gte(1), z.lte(100)) }),
    answer: z.object({ changes: z.array(recordChangeSchema) }),
  },
  /** Puts back what stood before one change, if nobody changed it again since. */
  'contact:undo-change': { right: 'contact:write', request: z.object({ contactId: id, changeId: id }), answer: contactPageSchema },
  'contact:add-note': {
    right: 'contact:write',
    request: z.object({ contactId: id, text: filled(20_000), interactionId: z.nullable(id) }),
    answer: noteSchema,
  },
  'contact:make-promise': {
    right: 'contact:write',
    request: z.object({
      contactId: id,
      text: filled(500),
      dueAt: z.number(),
      ownerAgentId: z.nullable(id),
      caseId: z.nullable(id),
      interactionId: z.nullable(id),
    }),
    answer: promiseSchema,
  },
  'contact:keep-promise': { right: 'contact:write', request: z.object({ promiseId: id }), answer: promiseSchema },
  'contact:add-task': {
    right: 'contact:write',
    request: z.object({
      contactId: id,
      title: filled(300),
      dueAt: z.nullable(z.number()),
      ownerAgentId: z.nullable(id),
      caseId: z.nullable(id),
    }),
    answer: taskSchema,
  },
  'contact:finish-task': { right: 'contact:write', request: z.object({ taskId: id }), answer: taskSchema },
  'contact:record-offer': {
    right: 'contact:write',
    request: z.object({
      contactId: id,
      /** Null: an offer made now. */
      offerId: z.nullable(id),
      name: filled(200),
      channel: channelSchema,
      answer: z.nullable(z.enum(['accepted', 'declined', 'noInterest'])),
      remark: z.nullable(text(500)),
    }),
    answer: offerMadeSchema,
  },
  'case:read': { right: 'contact:read', request: z.object({ caseId: id }), answer: caseFileSchema },
  'case:open': {
    right: 'contact:write',
    request: z.object({
      contactId: id,
      kind: caseKindSchema,
      subject: filled(300),
      description: text(20_000),
      priority: z.int().check(z.gte(0), z.lte(2)),
      productId: z.nullable(id),
      ownerAgentId: z.nullable(id),
      interactionId: z.nullable(id),
    }),
    answer: caseFileSchema,
  },
  /** One step on a case: words, and what changes with them. `basedOn` as in `contact:edit`. */
  'case:step': {
    right: 'contact:write',
    request: z.object({
      caseId: id,
      basedOn: z.int(),
      text: text(20_000),
      status: z.optional(caseStatusSchema),
      ownerAgentId: z.optional(z.nullable(id)),
      priority: z.optional(z.int().check(z.gte(0), z.lte(2))),
      dueAt: z.optional(z.nullable(z.number())),
      outcome: z.optional(z.nullable(text(500))),
      /** Only the fields named are changed; null takes one away. */
      custom: z.optional(z.record(z.string().check(z.maxLength(64)), z.nullable(customValueSchema))),
      /** The customer was answered: the response deadline is met. */
      responded: z.optional(z.boolean()),
    }),
    answer: caseFileSchema,
  },
  /** Cases of people in the asker's scope: open ones by deadline, the overdue first. */
  'case:list': {
    right: 'contact:read',
    request: z.object({
      whose: z.enum(['mine', 'all']),
      state: z.enum(['open', 'overdue', 'closed']),
      limit: z.int().check(z.gte(1), z.lte(200)),
    }),
    /** `total` counts 10,000 at most. */
    answer: z.object({ cases: z.array(caseFileSchema), total: z.number() }),
  },
  /** What somebody has to do: promises and tasks that are theirs and not done, by when they are due. */
  'work:mine': {
    right: 'contact:read',
    request: nothing,
    answer: z.object({
      promises: z.array(z.object({ ...promiseSchema.shape, contactName: z.string() })),
      tasks: z.array(z.object({ ...taskSchema.shape, customerName: z.string() })),
      /** They are promises as well, and stand here alone. */
      callbacks: z.array(scheduledCallbackSchema),
    }),
  },
} as const;
