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

/** `failed`: it should have been recorded and is not, or not any more. `resumesAt`: when a pause ends by itself, epoch ms. */
export const recordingViewSchema = z.object({ state: z.enum(['running', 'paused', 'failed']), resumesAt: z.nullable(z.number()) });
export type RecordingView = z.infer<typeof recordingViewSchema>;

/** One recording of an interaction on a timeline. Its sound: `GET /api/recordings/:recordingId`. `durationMs` null: it runs. */
export const recordedSchema = z.object({ recordingId: z.string(), startedAt: z.number(), durationMs: z.nullable(z.number()) });
export type Recorded = z.infer<typeof recordedSchema>;
