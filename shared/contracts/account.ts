import * as z from 'zod/mini';
import { contactSummarySchema, tierSchema, timelinePageSchema } from './contact.ts';
import { filled, id, text } from './fields.ts';
import {
  attachmentSchema,
  billViewSchema,
  consumptionSchema,
  contractViewSchema,
  customValueSchema,
  fullIdentifierSchema,
  heldProductSchema,
  provenanceSchema,
  scoreSchema,
  stageSchema,
  taskSchema,
} from './record.ts';

/** Companies and households: the key-account file, the customers of an account manager, and their handover. */
const amount = z.int().check(z.gte(0));
const monthAndDay = z.string().check(z.regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day such as 03-28'));

export const accountSummarySchema = z.object({
  accountId: z.string(),
  name: z.string(),
  kind: z.enum(['company', 'household']),
  isKeyAccount: z.boolean(),
  tier: z.nullable(tierSchema),
  stage: z.nullable(stageSchema),
  managerAgentId: z.nullable(z.string()),
  managerName: z.nullable(z.string()),
  /** Offices from the top down to where the company belongs. */
  orgPath: z.array(z.object({ id: z.string(), name: z.object({ en: z.string(), zh: z.string() }) })),
});
export type AccountSummary = z.infer<typeof accountSummarySchema>;

export const influenceSchema = z.enum(['decides', 'advises', 'uses']);
export const stanceSchema = z.enum(['forUs', 'neutral', 'critical']);

export const accountPersonSchema = z.object({
  ...contactSummarySchema.shape,
  role: z.nullable(z.string()),
  influence: z.nullable(influenceSchema),
  stance: z.nullable(stanceSchema),
});
export type AccountPerson = z.infer<typeof accountPersonSchema>;

export const anniversarySchema = z.object({
  anniversaryId: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  contactId: z.nullable(z.string()),
  kind: z.enum(['birthday', 'founding', 'customerSince', 'contract', 'other']),
  label: z.string(),
  /** MM-DD */
  day: z.string(),
  year: z.nullable(z.int()),
  inDays: z.number(),
  /** What is meant to be done: a card, a visit, a gift. Null: no plan yet. */
  plan: z.nullable(z.enum(['call', 'card', 'visit', 'gift'])),
  done: z.boolean(),
});
export type Anniversary = z.infer<typeof anniversarySchema>;

export const visitSchema = z.object({
  visitId: z.string(),
  accountId: z.string(),
  contactId: z.nullable(z.string()),
  contactName: z.nullable(z.string()),
  at: z.number(),
  visitor: z.string(),
  purpose: z.string(),
  state: z.enum(['planned', 'done', 'canceled']),
  /** What they said. */
  opinion: z.nullable(z.string()),
  mood: z.nullable(z.enum(['good', 'neutral', 'atRisk', 'lead'])),
});
export type Visit = z.infer<typeof visitSchema>;

export const giftSchema = z.object({
  giftId: z.string(),
  contactId: z.nullable(z.string()),
  contactName: z.nullable(z.string()),
  at: z.number(),
  what: z.string(),
  occasion: z.nullable(z.string()),
  amount: z.nullable(z.number()),
  currency: z.nullable(z.string()),
  givenBy: z.string(),
});
export type Gift = z.infer<typeof giftSchema>;

/** The key-account page: everything of one company (with the companies below it, where it is the head of a group). */
export const accountPageSchema = z.object({
  ...accountSummarySchema.shape,
  revision: z.int(),
  /** Whether who reads it may change it: its manager, a deputy, a supervisor. */
  mayWrite: z.boolean(),
  segment: z.nullable(z.string()),
  industry: z.nullable(z.string()),
  customerSince: z.nullable(z.number()),
  parent: z.nullable(z.object({ accountId: z.string(), name: z.string() })),
  /** Companies below it in the group. */
  members: z.array(z.object({ accountId: z.string(), name: z.string() })),
  deputies: z.array(z.object({ agentId: z.string(), name: z.string() })),
  people: z.array(accountPersonSchema),
  identifiers: z.array(fullIdentifierSchema),
  products: z.array(heldProductSchema),
  linesInUse: z.object({ used: z.number(), of: z.number() }),
  contracts: z.array(contractViewSchema),
  bills: z.array(billViewSchema),
  /** Overdue and unpaid, minor units; null without bills. */
  arrears: z.nullable(z.object({ amount: z.number(), currency: z.string(), since: z.nullable(z.number()) })),
  consumption: z.nullable(consumptionSchema),
  /** Of the whole group, where it is one. */
  groupConsumption: z.nullable(consumptionSchema),
  score: z.nullable(scoreSchema),
  /** Other customers of the same manager, for the dots of the value matrix. */
  peers: z.array(z.object({ accountId: z.string(), name: z.string(), value: z.number(), growth: z.number() })),
  anniversaries: z.array(anniversarySchema),
  visits: z.array(visitSchema),
  gifts: z.array(giftSchema),
  tasks: z.array(taskSchema),
  attachments: z.array(attachmentSchema),
  openCases: z.array(
    z.object({
      caseId: z.string(),
      contactId: z.string(),
      number: z.string(),
      subject: z.string(),
      kind: z.string(),
      dueAt: z.nullable(z.number()),
    }),
  ),
  /** Of all its people, newest first. */
  timeline: timelinePageSchema,
  /** By the id of the administrator's field. */
  custom: z.record(z.string(), customValueSchema),
  provenance: provenanceSchema,
});
export type AccountPage = z.infer<typeof accountPageSchema>;

export const accountCommands = {
  'account:page': { right: 'contact:read', request: z.object({ accountId: id }), answer: accountPageSchema },
  'account:stream': {
    right: 'contact:read',
    request: z.object({ accountId: id, before: z.nullable(z.number()), limit: z.int().check(z.gte(1), z.lte(100)), text: text(200) }),
    answer: timelinePageSchema,
  },
  'account:edit': {
    right: 'account:write',
    request: z.object({
      accountId: id,
      basedOn: z.int(),
      fields: z.partial(
        z.object({
          name: filled(200),
          tier: z.nullable(tierSchema),
          segment: z.nullable(text(100)),
          stage: z.nullable(stageSchema),
          industry: z.nullable(text(100)),
          isKeyAccount: z.boolean(),
          parentId: z.nullable(id),
          orgUnitId: z.nullable(id),
          deputies: z.array(id).check(z.maxLength(10)),
          /** Only the fields named are changed; null takes one away. */
          custom: z.record(z.string().check(z.maxLength(64)), z.nullable(customValueSchema)),
        }),
      ),
    }),
    answer: accountPageSchema,
  },
  /** What one of its people is there: role, influence, stance. */
  'account:set-person': {
    right: 'account:write',
    request: z.object({
      accountId: id,
      contactId: id,
      role: z.nullable(text(200)),
      influence: z.nullable(influenceSchema),
      stance: z.nullable(stanceSchema),
    }),
    answer: accountPageSchema,
  },
  'account:set-visit': {
    right: 'account:write',
    request: z.object({
      accountId: id,
      visitId: z.nullable(id),
      contactId: z.nullable(id),
      at: z.number(),
      purpose: filled(500),
      state: z.enum(['planned', 'done', 'canceled']),
      opinion: z.nullable(text(2_000)),
      mood: z.nullable(z.enum(['good', 'neutral', 'atRisk', 'lead'])),
    }),
    answer: accountPageSchema,
  },
  'account:set-anniversary': {
    right: 'account:write',
    request: z.object({
      accountId: id,
      anniversaryId: z.nullable(id),
      contactId: z.nullable(id),
      kind: anniversarySchema.shape.kind,
      label: filled(200),
      day: monthAndDay,
      year: z.nullable(z.int()),
      plan: anniversarySchema.shape.plan,
      done: z.boolean(),
    }),
    answer: accountPageSchema,
  },
  'account:add-gift': {
    right: 'account:write',
    request: z.object({
      accountId: id,
      contactId: z.nullable(id),
      at: z.number(),
      what: filled(300),
      occasion: z.nullable(text(200)),
      amount: z.nullable(amount),
      currency: z.nullable(text(3)),
    }),
    answer: accountPageSchema,
  },
  /** The customers somebody looks after (`agentId` null: the asker), as manager or deputy, the most pressing first. */
  'account:mine': {
    right: 'contact:read',
    request: z.object({ agentId: z.nullable(id) }),
    answer: z.object({
      accounts: z.array(
        z.object({
          ...accountSummarySchema.shape,
          isDeputy: z.boolean(),
          monthly: z.nullable(z.object({ amount: z.number(), currency: z.string(), changePercent: z.nullable(z.number()) })),
          arrears: z.nullable(z.object({ amount: z.number(), currency: z.string() })),
          churn: z.nullable(z.number()),
          value: z.nullable(z.number()),
          growth: z.nullable(z.number()),
          openCases: z.number(),
          overdueCases: z.number(),
          contractEndsAt: z.nullable(z.number()),
          lastContactAt: z.nullable(z.number()),
          nextVisitAt: z.nullable(z.number()),
        }),
      ),
    }),
  },
  /** Who can look after customers, for choosing. */
  'account:managers': {
    right: 'contact:read',
    request: z.object({}),
    answer: z.object({ managers: z.array(z.object({ agentId: z.string(), name: z.string(), customers: z.number() })) }),
  },
  /** Days to remember within so many days, of the asker's own customers or of all in scope. */
  'account:care': {
    right: 'contact:read',
    request: z.object({ days: z.int().check(z.gte(1), z.lte(366)), whose: z.enum(['mine', 'all']) }),
    answer: z.object({ anniversaries: z.array(anniversarySchema) }),
  },
  /** Another manager from now on; everything of these customers stays with them, and the handover is on each one's timeline. */
  'account:hand-over': {
    right: 'account:write',
    request: z.object({ accountIds: z.array(id).check(z.minLength(1), z.maxLength(500)), toAgentId: id, remark: text(1_000) }),
    answer: z.object({ handedOver: z.int() }),
  },
} as const;
