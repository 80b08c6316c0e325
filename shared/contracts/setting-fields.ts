import * as z from 'zod/mini';

/** Fields that every section of the configuration has in common. */

export const idSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit'));

export const nameSchema = z.object({
  en: z.string().check(z.minLength(1), z.maxLength(80)),
  zh: z.string().check(z.minLength(1), z.maxLength(80)),
});

export const secretSchema = z.union([
  z.strictObject({ env: z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable in capital letters')) }),
  z.strictObject({ file: z.string().check(z.minLength(1)) }),
]);
export type SecretReference = z.infer<typeof secretSchema>;
