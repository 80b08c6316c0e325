import * as z from 'zod/mini';

const words = z.string().check(z.minLength(1), z.maxLength(200));

/** What usually follows from an outcome. It is proposed when the outcome is chosen, and never set down by itself. */
export const usualFollowUpSchema = z.strictObject({
  kind: z.enum(['callback', 'promise', 'task']),
  text: z.strictObject({ en: words, zh: words }),
  /** Due in so many days, in the morning; a callback on the same day (0) within the hour. */
  inDays: z.int().check(z.gte(0), z.lte(365)),
});
export type UsualFollowUp = z.infer<typeof usualFollowUpSchema>;
