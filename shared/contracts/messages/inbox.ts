import * as z from 'zod/mini';
import { askTargetSchema } from '../call-features.ts';
import { id } from '../fields.ts';
import { draftSchema } from '../interaction.ts';
import type { Right } from '../rights.ts';
import { screenPopSchema } from '../screen-pop.ts';
import { nameSchema } from '../setting-fields.ts';
import { composedSchema, conversationViewSchema, messageDraftSchema, messageFileSchema, messageViewSchema } from './conversation.ts';
import { messageRuleSchema, messageTemplateSchema, writtenChannelSchema } from './settings.ts';

/**
 * Written work: what an agent has in hand, what waits for them, and what they may do with it. A conversation goes on for days; each time it
 * wants somebody's work that is an interaction of its own, which ends with an outcome.
 */

/**
 *     open       in hand, and counts against what the agent can take
 *     waiting    for the customer: stays the agent's, takes no room; an answer brings it back to them first
 *     snoozed    until a time, or until the customer writes
 */
export const writtenStates = ['open', 'waiting', 'snoozed'] as const;

export const writtenWorkSchema = z.object({
  interactionId: z.string(),
  workItemId: z.string(),
  reservationId: z.string(),
  state: z.enum(writtenStates),
  snoozedUntil: z.nullable(z.number()),
  conversation: conversationViewSchema,
  pop: screenPopSchema,
  /** The last line of theirs or ours, cut. */
  preview: z.string(),
  unread: z.int(),
  /** Since when they wait for an answer; null while they do not. */
  waitsSince: z.nullable(z.number()),
  /** When it is to be answered; null: whenever. */
  answerBy: z.nullable(z.number()),
  takenAt: z.number(),
  /** What the agent is writing to them, and for themselves. */
  draft: z.nullable(messageDraftSchema),
  note: z.nullable(draftSchema),
  /** Colleagues who are in it beside whoever has it. */
  guests: z.array(z.object({ agentId: z.string(), name: z.string() })),
  /** Not theirs: they were asked in, and may read and write notes. */
  isGuest: z.boolean(),
  /** What is chosen when nothing is. */
  defaultDisposition: z.string(),
});
export type WrittenWork = z.infer<typeof writtenWorkSchema>;

/** What waits in a queue that the agent could take from. */
export const waitingWorkSchema = z.object({
  workItemId: z.string(),
  interactionId: z.string(),
  channel: writtenChannelSchema,
  queueId: z.string(),
  name: z.string(),
  preview: z.string(),
  subject: z.nullable(z.string()),
  priority: z.number(),
  queuedAt: z.number(),
  answerBy: z.nullable(z.number()),
});
export type WaitingWork = z.infer<typeof waitingWorkSchema>;

/** All of the inbox of one agent, as the snapshot has it. */
export const inboxSchema = z.object({ mine: z.array(writtenWorkSchema), waiting: z.array(waitingWorkSchema) });
export type InboxView = z.infer<typeof inboxSchema>;

/** A mailbox or line of ours. `sends`: somebody can be written to from it; of the others only the address is of interest. */
export const ownSourceSchema = z.object({
  id: z.string(),
  channel: z.enum(['email', 'sms']),
  name: nameSchema,
  /** As customers see it. */
  address: z.string(),
  sends: z.boolean(),
});
export type OwnSource = z.infer<typeof ownSourceSchema>;

const nothing = z.object({});
const interaction = z.object({ interactionId: id });

/** Something that came in and could not be read, for somebody to look at. */
export const quarantinedSchema = z.object({
  arrivalId: z.string(),
  channel: z.enum(['email', 'document']),
  sourceId: z.string(),
  receivedAt: z.number(),
  /** See `MailUnreadable`. */
  why: z.string(),
  bytes: z.number(),
  from: z.nullable(z.string()),
  /** As much of it as could be made readable. */
  text: z.string(),
});
export type Quarantined = z.infer<typeof quarantinedSchema>;

/** A message that came in before, and what other rules would do with it. */
export const triedMessageSchema = z.object({
  at: z.number(),
  channel: writtenChannelSchema,
  from: z.string(),
  /** Its subject, cut; of one without any the beginning of its text. */
  subject: z.string(),
  /** Where the rules in force send it, and where those that are tried would. */
  queueNow: z.string(),
  queueThen: z.string(),
  /** The rule that would decide, and which of its conditions held by what; null: none. */
  ruleId: z.nullable(z.string()),
  why: z.array(z.object({ condition: z.enum(['channels', 'sources', 'words', 'from', 'languages', 'tiers']), found: z.string() })),
});
export type TriedMessage = z.infer<typeof triedMessageSchema>;

export const rulesTrialSchema = z.object({
  messages: z.int(),
  /** That would go elsewhere than by the rules in force, and the newest of them. */
  moved: z.int(),
  moves: z.array(triedMessageSchema),
  byQueue: z.array(z.object({ queueId: z.string(), now: z.int(), then: z.int() })),
  /** In the order of the rules; last, without a name, what none of them decides. */
  byRule: z.array(
    z.object({
      ruleId: z.nullable(z.string()),
      count: z.int(),
      /** Messages it would decide if no rule before it did. */
      leftToEarlier: z.int(),
      examples: z.array(triedMessageSchema),
    }),
  ),
});
export type RulesTrial = z.infer<typeof rulesTrialSchema>;

export const inboxCommands = {
  /** For an offer of written work; a call is accepted by its phone. */
  'reservation:accept': { right: 'work:handle', request: z.object({ reservationId: id }), answer: writtenWorkSchema },
  /** Out of the queue, past whoever would be offered it. `conflict`: somebody else has it. */
  'inbox:take': { right: 'work:handle', request: z.object({ workItemId: id }), answer: writtenWorkSchema },
  /** Newest first, before `beforeSeq` or from the end. Of conversations in hand, and of those of customers one may see. */
  'conversation:messages': {
    right: 'work:handle',
    request: z.object({ conversationId: id, beforeSeq: z.nullable(z.int()), limit: z.int().check(z.gte(1), z.lte(100)) }),
    answer: z.object({ conversation: conversationViewSchema, messages: z.array(messageViewSchema), hasMore: z.boolean() }),
  },
  /** They have been seen up to there; the customer is told where the channel can. */
  'conversation:seen': { right: 'work:handle', request: z.object({ interactionId: id, seq: z.int() }), answer: nothing },
  'conversation:typing': { right: 'work:handle', request: interaction, answer: nothing },
  /** The answer means it is on disk. Same revision again is one action (a retry), a lower one is a conflict. */
  'message:save-draft': {
    right: 'work:handle',
    request: z.object({ interactionId: id, composed: composedSchema, revision: z.int() }),
    answer: messageDraftSchema,
  },
  /** `clientId` names this message: told again, nothing more happens. The draft is gone with it. */
  'message:send': {
    right: 'work:handle',
    request: z.object({ interactionId: id, clientId: id, composed: composedSchema }),
    answer: messageViewSchema,
  },
  /** While it is still queued. */
  'message:withdraw': { right: 'work:handle', request: z.object({ messageId: id }), answer: messageViewSchema },
  /** Of one that may have been sent: the agent has found out, or lets it go once more. */
  'message:settle': {
    right: 'work:handle',
    request: z.object({ messageId: id, as: z.enum(['sent', 'sendAgain', 'failed']) }),
    answer: messageViewSchema,
  },
  /**
   * A way to the mail as a page with its pictures from elsewhere, which tell its sender that it was opened; for a frame, for a few minutes. Nothing
   * is kept of it.
   */
  'message:show-pictures': { right: 'work:handle', request: z.object({ messageId: id }), answer: z.object({ path: z.string() }) },
  /** Seen by colleagues alone. */
  'message:write-note': {
    right: 'work:handle',
    request: z.object({ interactionId: id, clientId: id, text: z.string().check(z.minLength(1), z.maxLength(20_000)) }),
    answer: messageViewSchema,
  },
  /** Begins to write to somebody: a mail or a text message that nobody asked for. */
  'conversation:begin': {
    right: 'work:handle',
    request: z.object({
      channel: z.enum(['email', 'sms']),
      sourceId: id,
      to: z.string().check(z.minLength(1), z.maxLength(254)),
      contactId: z.nullable(id),
    }),
    answer: writtenWorkSchema,
  },
  'inbox:wait': { right: 'work:handle', request: interaction, answer: writtenWorkSchema },
  'inbox:snooze': { right: 'work:handle', request: z.object({ interactionId: id, until: z.number() }), answer: writtenWorkSchema },
  /** Back in hand before its time. */
  'inbox:resume': { right: 'work:handle', request: interaction, answer: writtenWorkSchema },
  'inbox:transfer': {
    right: 'work:handle',
    request: z.object({
      interactionId: id,
      to: askTargetSchema,
      reason: z.string().check(z.maxLength(200)),
      note: z.string().check(z.maxLength(2_000)),
    }),
    answer: nothing,
  },
  /** Asks a colleague in, who reads along and writes notes. */
  'inbox:invite': { right: 'work:handle', request: z.object({ interactionId: id, agentId: id }), answer: writtenWorkSchema },
  /** The guest goes, or is let go. */
  'inbox:leave': { right: 'work:handle', request: z.object({ interactionId: id, agentId: id }), answer: nothing },
  /** With an outcome; the note goes to the customer's record. */
  'inbox:close': {
    right: 'work:handle',
    request: z.object({ interactionId: id, dispositionCode: id, note: z.string().check(z.maxLength(20_000)) }),
    answer: nothing,
  },
  'sources:list': { right: 'work:handle', request: nothing, answer: z.object({ sources: z.array(ownSourceSchema) }) },
  'templates:list': { right: 'work:handle', request: nothing, answer: z.object({ templates: z.array(messageTemplateSchema) }) },

  /** All of it for whoever watches the queues; for whoever handles work what would have come into their own. */
  'quarantine:list': { right: 'session:own', request: nothing, answer: z.object({ arrivals: z.array(quarantinedSchema) }) },
  /** `again`: read once more, after a change of ours. `discard`: nobody needs it; its bytes go. */
  'quarantine:settle': {
    right: 'queue:watch',
    request: z.object({ arrivalId: id, as: z.enum(['again', 'discard']) }),
    answer: nothing,
  },
  /** What these rules would have done with what came in the last days. */
  'rules:try': {
    right: 'configuration:read',
    request: z.object({ rules: z.array(messageRuleSchema).check(z.maxLength(200)), days: z.int().check(z.gte(1), z.lte(90)) }),
    answer: rulesTrialSchema,
  },
} as const satisfies Record<string, { right: Right; request: z.ZodMiniType; answer: z.ZodMiniType }>;
export type InboxCommandName = keyof typeof inboxCommands;

export const inboxPushes = {
  /** New or changed: replaces what was there of it. */
  'inbox:changed': writtenWorkSchema,
  /** Not theirs any more. `given`: a supervisor gave it to somebody else. */
  'inbox:gone': z.object({ interactionId: z.string(), why: z.enum(['closed', 'transferred', 'released', 'given', 'left']) }),
  /** What waits, one at a time. */
  'inbox:waiting': waitingWorkSchema,
  'inbox:waiting-gone': z.object({ workItemId: z.string() }),
  /** New, or its state changed. To whoever has the conversation in hand. */
  'message:changed': messageViewSchema,
  /** The customer, or this colleague who is in it too, is typing for the next few seconds. */
  'conversation:typing-seen': z.object({ interactionId: z.string(), colleague: z.optional(z.string()) }),
} as const satisfies Record<string, z.ZodMiniType>;

/** POST /api/message-files, answered with this: a file for a message that is being written. */
export const uploadedFileSchema = messageFileSchema;
