import * as z from 'zod/mini';
import { recordingViewSchema } from './recording.ts';

/** Whose doing an ending was. Every ended call says so. */
export const faultSchema = z.enum(['caller', 'agent', 'ours', 'upstream', 'unknown']);
export type Fault = z.infer<typeof faultSchema>;

/** Why a call ended. `abandoned` is the caller leaving while waiting: a normal ending, not a failure. */
export const endReasonSchema = z.enum([
  'hungUp', // one of two talking parties hung up; `by` says which
  'abandoned', // caller left before an agent answered
  'completedInIvr', // the flow ended the call
  'diverted', // no queue could keep the caller: closed, full, or waited too long
  'callbackPromised', // the caller keeps the place and is called back
  'messageLeft', // the caller left a message for the queue
  'transferred', // the call went on with somebody else; this part of it is over
  'closed', // a written contact was closed with an outcome
  'notReached', // we called, and the customer was busy or did not answer
  'rejected', // refused before answer: unknown number, too many calls, bad request
  'unknownNumber', // the dialled number belongs to nobody here (404)
  'overload', // refused by load (503 + Retry-After)
  'mediaLost', // no RTP for the media time-out
  'peerLost', // a dialog failed (408, 481, no ACK)
  'shutdown', // the bridge drained
  'fault', // an unexpected error in our story
]);
export type EndReason = z.infer<typeof endReasonSchema>;

export const endedBySchema = z.enum(['caller', 'agent', 'system']);
export type EndedBy = z.infer<typeof endedBySchema>;

export const callEndSchema = z.object({ by: endedBySchema, reason: endReasonSchema, fault: faultSchema });
export type CallEnd = z.infer<typeof callEndSchema>;

/** How a supervisor is in a call: heard by nobody, by the agent alone, by all. */
export const supervisingSchema = z.enum(['monitor', 'whisper', 'barge']);
export type Supervising = z.infer<typeof supervisingSchema>;

/** The own phone rings, or is in that call, to supervise it; null: not any more. Its INVITE names this reservation. */
export const supervisionSchema = z.object({
  interactionId: z.string(),
  how: z.nullable(supervisingSchema),
  reservationId: z.string(),
  /** Whom one hears. Told anew when the call is given to somebody else; the customer to those who may read records. */
  about: z.optional(
    z.object({ agentName: z.string(), queueName: z.object({ en: z.string(), zh: z.string() }), customer: z.nullable(z.string()) }),
  ),
});
export type Supervision = z.infer<typeof supervisionSchema>;

/** Somebody in the call beside the customer and the agent whose desktop this is. */
export const partyViewSchema = z.object({
  partyId: z.string(),
  kind: z.enum(['agent', 'outside']),
  /** An agent's name; a number as it was asked for. */
  name: z.string(),
  agentId: z.nullable(z.string()),
  /** `aside`: speaks with the agent alone; `held`: hears music; `talking`: with everybody. */
  state: z.enum(['ringing', 'aside', 'held', 'talking']),
  /** `transfer`: has the call as soon as they answer. */
  purpose: z.enum(['transfer', 'consult']),
});
export type PartyView = z.infer<typeof partyViewSchema>;

/** Why asking somebody came to nothing. `left`: they hung up again. */
export const askFailureSchema = z.enum(['rejected', 'noAnswer', 'deviceUnreachable', 'mediaFailed', 'busy', 'canceled', 'left']);
export type AskFailure = z.infer<typeof askFailureSchema>;

/** Why a number that was called is not reached. `noNumber`: nobody has it; `noWay`: nothing led there. */
export const unreachedSchema = z.enum(['busy', 'noAnswer', 'refused', 'noNumber', 'noWay']);
export type Unreached = z.infer<typeof unreachedSchema>;

/**
 * How far a call out is: the own phone rings, the way is looked for, theirs rings (and we say so), or the network lets hear how it does. Stays
 * as it was from their answer on.
 */
export const dialledSchema = z.object({
  progress: z.enum(['ownPhone', 'dialling', 'ringing', 'heard']),
  unreached: z.nullable(unreachedSchema),
});
export type Dialled = z.infer<typeof dialledSchema>;

/** A call as the agent's desktop sees it. `popped` has no state here: before the answer it is an offer. */
export const callViewSchema = z.object({
  interactionId: z.string(),
  reservationId: z.string(),
  state: z.enum(['connecting', 'talking', 'held', 'rejoining', 'ended']),
  /** Epoch ms; null until talking. */
  answeredAt: z.nullable(z.number()),
  heldSince: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  end: z.nullable(callEndSchema),
  /** Absent: nobody else is in it. */
  parties: z.optional(z.array(partyViewSchema)),
  /** Why the last one who was asked is not in it. Gone when somebody is asked anew. */
  askFailed: z.optional(z.object({ name: z.string(), purpose: z.enum(['transfer', 'consult']), cause: askFailureSchema })),
  /** Who of the supervisors is in the call, unless the organisation does not tell its agents. */
  supervisedBy: z.optional(z.array(z.object({ name: z.string(), how: supervisingSchema }))),
  /** Of calls out only. */
  dialled: z.optional(dialledSchema),
  /** This agent was asked into the call of a colleague, and does not have it. `withCustomer`: all hear each other. */
  advising: z.optional(z.object({ name: z.string(), withCustomer: z.boolean() })),
  /** It is a message that was left, and nobody has called them back yet. Absent: it is a call. */
  message: z.optional(z.nullable(z.object({ canCallBack: z.boolean() }))),
  /** Absent: it is not recorded. */
  recording: z.optional(z.nullable(recordingViewSchema)),
});
export type CallView = z.infer<typeof callViewSchema>;

/** One DTMF key. */
export const digitSchema = z.string().check(z.regex(/^[0-9*#A-D]$/));

/**
 * What is wrong with the way of the sound, and with whom it likely lies. `notHeard`: nothing comes from them; `hearsNothing`: what we send
 * does not reach them; `silent`: what comes from them is silence, as of a microphone that is muted or not the right one.
 */
export const callTroubleSchema = z.object({ side: z.enum(['customer', 'agent']), kind: z.enum(['notHeard', 'hearsNothing', 'silent']) });
export type CallTrouble = z.infer<typeof callTroubleSchema>;

/** Measured quality of a call, told to the desktop every few seconds. */
export const callQualitySchema = z.object({
  interactionId: z.string(),
  lossPercent: z.number(),
  jitterMs: z.number(),
  bars: z.number(),
  /** 1 to 4.5, by the E-model (ITU-T G.107); absent where it was not estimated. */
  mos: z.optional(z.number()),
  trouble: z.optional(z.nullable(callTroubleSchema)),
});
export type CallQuality = z.infer<typeof callQualitySchema>;
