import * as z from 'zod/mini';
import { channelSchema, contactRecordSchema, contactSummarySchema } from './contact.ts';
import { reasonSchema } from './queue.ts';
import { leftMessageSchema } from './voicemail.ts';

const regionNameSchema = z.object({ en: z.string(), zh: z.string() });

/** What is known of a caller from the number alone; shown at once, whatever the record says. */
export const callerFactsSchema = z.object({
  /** E.164 where it parses, the digits as received for short codes and extensions, null for an anonymous caller. */
  number: z.nullable(z.string()),
  /** For the eye, e.g. "+44 7700 900142". */
  display: z.string(),
  kind: z.enum(['mobile', 'fixed', 'shortCode', 'extension', 'tollFree', 'anonymous', 'email', 'visitor', 'unknown']),
  /** ISO 3166 alpha-2, when known. */
  country: z.nullable(z.string()),
  /** The name the network sent, if any; never trusted as identity. */
  presentedName: z.nullable(z.string()),
  /** Where the line is: city and province, or state. Null for what may be anywhere, as mobiles. */
  region: z.nullable(regionNameSchema),
  /** Of Chinese mobiles: whose range the number is from. It may have been taken along to another operator. */
  carrier: z.nullable(regionNameSchema),
  /** Calls from this number, this one too if it is stored by now; of anonymous callers, all of them together. */
  attempts: z.object({ /** since midnight */ today: z.number(), /** in seven days */ week: z.number() }),
});
export type CallerFacts = z.infer<typeof callerFactsSchema>;

/** Why it can only be this one. `verified…`: somebody made sure that it is theirs. `enteredId`: typed in the menu. */
export const certaintySchema = z.enum([
  'numberOnFile',
  'verifiedNumber',
  'emailOnFile',
  'verifiedEmail',
  'visitorKnown',
  'enteredId',
  'chosenByAgent',
]);
export type Certainty = z.infer<typeof certaintySchema>;

/**
 * Why somebody may be the one, each with what it adds to the confidence. Facts of each code:
 *
 *     enteredId     what was typed in the menu leads to them, or to their company (account)
 *     nameGiven     the name sent along fits theirs: name
 *     recentUse     at
 *     verified      somebody made sure that it is theirs
 *     ownLine       it is known as theirs alone
 *     sharedLine    it belongs to a company or household (account, kind), or is known to be shared
 *     severalHave   how many have it (count)
 */
export const candidateReasonSchema = z.object({
  code: z.enum(['enteredId', 'nameGiven', 'recentUse', 'verified', 'ownLine', 'sharedLine', 'severalHave']),
  points: z.number(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CandidateReason = z.infer<typeof candidateReasonSchema>;

export const candidateSchema = z.object({
  ...contactSummarySchema.shape,
  lastUsedAt: z.nullable(z.number()),
  /** 0 to 100. */
  confidence: z.number(),
  reasons: z.array(candidateReasonSchema),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** How sure we are who is calling. One shape per case: the desktop has one pop for each. */
export const matchSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('certain'), reason: certaintySchema, contact: contactRecordSchema }),
  /** The most likely first. `suggestShared`: several hold it as their own; it may belong to a household or a switchboard. */
  z.object({ kind: z.literal('candidates'), candidates: z.array(candidateSchema), suggestShared: z.boolean() }),
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('anonymous') }),
]);
export type Match = z.infer<typeof matchSchema>;

export const ivrPathStepSchema = z.object({
  at: z.number(),
  code: z.enum(['dialled', 'recognised', 'language', 'pressed', 'silent', 'wrongKey', 'entered', 'queued', 'rings']),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type IvrPathStep = z.infer<typeof ivrPathStepSchema>;

/** The customer, before answering. Sent with the offer; the phone's INVITE leaves in the same tick. */
export const screenPopSchema = z.object({
  popId: z.string(),
  interactionId: z.string(),
  caller: callerFactsSchema,
  match: matchSchema,
  dialled: z.string(),
  queueId: z.string(),
  queueName: z.object({ en: z.string(), zh: z.string() }),
  path: z.array(ivrPathStepSchema),
  /** What the menu found out, by the names of facts (`shared/contracts/ivr/conditions.ts`): entered, set, looked up, passed on. No secrets. */
  facts: z.optional(z.record(z.string(), z.string())),
  why: z.array(reasonSchema),
  /** Epoch ms of the INVITE's arrival at the bridge's socket. */
  receivedAt: z.number(),
  queuedAt: z.number(),
  /** Epoch ms when the caller was identified, null when the record came too late or not at all. */
  knownAt: z.nullable(z.number()),
  /** A colleague hands it over, or asks for advice: from whom, why, what they wrote, and the note they were writing on the call. */
  transfer: z.optional(
    z.object({
      fromAgentId: z.string(),
      fromName: z.string(),
      kind: z.enum(['transfer', 'consult', 'parked']),
      reason: z.string(),
      note: z.string(),
      draft: z.nullable(z.string()),
      at: z.number(),
    }),
  ),
  /** Not a call that came in but one we promised: whoever takes it calls the customer. `attempt` counts from 1. `about`: agreed for this time. */
  callback: z.nullable(z.object({ promisedAt: z.number(), attempt: z.number(), about: z.optional(z.string()) })),
  /** We owe them a call that was agreed for a time; once somebody speaks to them it is done with. */
  agreed: z.optional(z.object({ at: z.number(), about: z.string(), by: z.string() })),
  /** Nobody is on the line: they left this. */
  message: z.optional(leftMessageSchema),
  /** It came in writing: `caller` has the address in place of a number. Absent for calls. */
  written: z.optional(
    z.object({ channel: channelSchema, conversationId: z.string(), subject: z.nullable(z.string()), preview: z.string() }),
  ),
});
export type ScreenPop = z.infer<typeof screenPopSchema>;

/** An offer of one work item to one agent, with its pop. `ringsUntil` is the lease. */
export const offerSchema = z.object({
  reservationId: z.string(),
  interactionId: z.string(),
  channel: channelSchema,
  offeredAt: z.number(),
  ringsUntil: z.number(),
  pop: screenPopSchema,
});
export type Offer = z.infer<typeof offerSchema>;
