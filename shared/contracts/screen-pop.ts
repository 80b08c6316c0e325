import * as z from 'zod/mini';
import { contactRecordSchema, contactSummarySchema } from './contact.ts';
import { reasonSchema } from './queue.ts';

/** What is known of a caller from the number alone; shown at once, whatever the record says. */
export const callerFactsSchema = z.object({
  /** E.164 where it parses, the digits as received for short codes and extensions, null for an anonymous caller. */
  number: z.nullable(z.string()),
  /** For the eye, e.g. "+44 7700 900142". */
  display: z.string(),
  kind: z.enum(['mobile', 'fixed', 'shortCode', 'extension', 'tollFree', 'anonymous', 'unknown']),
  /** ISO 3166 alpha-2, when known. */
  country: z.nullable(z.string()),
  /** The name the network sent, if any; never trusted as identity. */
  presentedName: z.nullable(z.string()),
  callsToday: z.number(),
});
export type CallerFacts = z.infer<typeof callerFactsSchema>;

/** How sure we are who is calling. One shape per case: the desktop has one pop for each. */
export const matchSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('certain'), reason: z.enum(['numberOnFile', 'chosenByAgent']), contact: contactRecordSchema }),
  z.object({
    kind: z.literal('candidates'),
    candidates: z.array(z.object({ ...contactSummarySchema.shape, lastUsedAt: z.nullable(z.number()) })),
  }),
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
  why: z.array(reasonSchema),
  /** Epoch ms of the INVITE's arrival at the bridge's socket. */
  receivedAt: z.number(),
  queuedAt: z.number(),
  /** Epoch ms when the caller was identified, null when the record came too late or not at all. */
  knownAt: z.nullable(z.number()),
  /** Not a call that came in but one we promised: whoever takes it calls the customer. `attempt` counts from 1. */
  callback: z.nullable(z.object({ promisedAt: z.number(), attempt: z.number() })),
});
export type ScreenPop = z.infer<typeof screenPopSchema>;

/** An offer of one work item to one agent, with its pop. `ringsUntil` is the lease. */
export const offerSchema = z.object({
  reservationId: z.string(),
  interactionId: z.string(),
  channel: z.literal('voice'),
  offeredAt: z.number(),
  ringsUntil: z.number(),
  pop: screenPopSchema,
});
export type Offer = z.infer<typeof offerSchema>;
