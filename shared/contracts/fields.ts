import * as z from 'zod/mini';

/** What many requests are made of. */

export const id = z.string().check(z.minLength(1), z.maxLength(64));
/** Also none. */
export const text = (most: number) => z.string().check(z.maxLength(most));
export const filled = (most: number) => z.string().check(z.regex(/\S/, 'some text'), z.maxLength(most));
