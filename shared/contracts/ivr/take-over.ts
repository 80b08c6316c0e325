import * as z from 'zod/mini';

/**
 * What is taken over from a call that a PBX or another IVR had before us: what the SIP header of that name says becomes the fact
 * `passed.<as>`. `pick` leads into it (a JSON Pointer) where it is JSON or `name=value` with `&` or `;` between; without it, all it says.
 */
export const takeOverRuleSchema = z.strictObject({
  header: z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/, 'the name of a SIP header such as User-to-User or X-Customer')),
  as: z.string().check(z.regex(/^[a-z][A-Za-z0-9]{0,39}$/, '1 to 40 letters or digits, the first a small letter, such as customerNumber')),
  pick: z.optional(z.string().check(z.regex(/^\/[^\s]{1,99}$/, 'a JSON Pointer such as /customer/number'))),
});
export type TakeOverRule = z.infer<typeof takeOverRuleSchema>;
/** Of one trunk. */
export const maxTakeOverRules = 20;
export const takeOverRulesSchema = z.array(takeOverRuleSchema).check(z.maxLength(maxTakeOverRules));
