import * as z from 'zod/mini';

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
});
export type CallView = z.infer<typeof callViewSchema>;

/** One DTMF key. */
export const digitSchema = z.string().check(z.regex(/^[0-9*#A-D]$/));

/** Measured quality of a leg, told to the desktop every few seconds of a call. */
export const callQualitySchema = z.object({
  interactionId: z.string(),
  lossPercent: z.number(),
  jitterMs: z.number(),
  bars: z.number(),
});
export type CallQuality = z.infer<typeof callQualitySchema>;
