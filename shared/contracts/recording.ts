import * as z from 'zod/mini';

export const recordingModes = ['off', 'always', 'onConsent'] as const;
/**
 * Whether the calls of a queue are recorded. `always`: but for customers who do not allow it; `onConsent`: only customers of whom it is known
 * that they do. `announcement`: the prompt that tells them, without which nothing is recorded; null where they are told otherwise.
 */
export const queueRecordingSchema = z.strictObject({
  mode: z.enum(recordingModes),
  announcement: z.nullable(z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'the name of a prompt'))),
});
export type QueueRecording = z.infer<typeof queueRecordingSchema>;

export const offRecording: QueueRecording = { mode: 'off', announcement: null };

/**
 * `failed`: it should have been recorded and is not, or not any more. `startedAt`: its length is the time since then, what was recorded of the
 * call before a restart included; null where nothing runs. `resumesAt`: when a pause ends by itself. Both in epoch ms.
 */
export const recordingViewSchema = z.object({
  state: z.enum(['running', 'paused', 'failed']),
  startedAt: z.nullable(z.number()),
  resumesAt: z.nullable(z.number()),
});

/** One recording of an interaction on a timeline. Its sound: `recording:open`, or `GET /api/recordings/:recordingId`. `durationMs` null: it runs. */
export const recordedSchema = z.object({
  recordingId: z.string(),
  startedAt: z.number(),
  durationMs: z.nullable(z.number()),
  /** A message that was left: the customer alone is in it. */
  isMessage: z.optional(z.boolean()),
  /** Where it was silenced, in ms of its time; no end: it still is. Absent: nowhere. */
  pauses: z.optional(z.array(z.object({ fromMs: z.number(), toMs: z.nullable(z.number()) }))),
});
export type Recorded = z.infer<typeof recordedSchema>;

/** Where a recording that was opened is heard: whoever has the link was given it by `recording:open`. */
export const recordingLinkPath = '/api/recordings/opened/';

export const recordingCommands = {
  /**
   * A way to its sound that needs no bearer, for a while: whole or in ranges (RFC 9110 section 14), WAV with the customer on the left and us
   * on the right. That it was asked for is in the audit of the records before the answer. To those who may hear recordings of that customer,
   * and to whoever has the message in hand.
   */
  'recording:open': {
    right: 'contact:read',
    request: z.object({ recordingId: z.string().check(z.minLength(1), z.maxLength(64)) }),
    answer: z.object({ path: z.string() }),
  },
} as const;
