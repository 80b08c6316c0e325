import * as z from 'zod/mini';

const prompt = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'the name of a prompt'));

/**
 * What callers hear and may say who leave a message in a queue: those whom it sends there when it is closed, full or waited in too long, and
 * those who choose to by key 2, offered after so long a wait (null: not offered).
 */
export const queueVoicemailSchema = z.strictObject({
  greeting: prompt,
  /** A longer message is cut there. */
  maxSeconds: z.int().check(z.gte(10), z.lte(600)),
  offeredAfterSeconds: z.nullable(z.int().check(z.gte(0), z.lte(3_600))),
});
export type QueueVoicemail = z.infer<typeof queueVoicemailSchema>;

export const plainVoicemail: QueueVoicemail = { greeting: 'voicemail-greeting', maxSeconds: 120, offeredAfterSeconds: null };

/** A message that waits for an agent, on the pop. Its sound: `recording:open`. */
export const leftMessageSchema = z.object({ recordingId: z.string(), leftAt: z.number(), durationMs: z.nullable(z.number()) });
export type LeftMessage = z.infer<typeof leftMessageSchema>;
