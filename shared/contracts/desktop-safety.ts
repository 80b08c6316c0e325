import * as z from 'zod/mini';

/**
 * The part of `window.desktop` by which nothing is lost and nothing is misused: secrets in the key store of the operating system, trouble of the page
 * in the program's own reports, what an administrator fixed, updates.
 */
const secretName = z.enum(['texts', 'session']);
/** `texts`: the key of what this computer keeps of unsaved words. `session`: the log-in a crashed program goes on with; forgotten after twelve hours. */
export type SecretName = z.infer<typeof secretName>;

const fact = z.union([z.string().check(z.maxLength(300)), z.number(), z.boolean(), z.null()]);

const updateStateSchema = z.discriminatedUnion('kind', [
  /** No source of updates was given to this computer. */
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('current') }),
  z.object({ kind: z.literal('fetching'), version: z.string() }),
  /** Lies on this computer, signed and complete. `mayInstall`: nothing would be interrupted by it now. */
  z.object({ kind: z.literal('ready'), version: z.string(), mayInstall: z.boolean() }),
  /** Refused: it was not signed by whom it should be, or is none that this program may take. */
  z.object({ kind: z.literal('refused'), version: z.string() }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;

/** What an update would interrupt. */
export const workInHandSchema = z.object({
  calls: z.int().check(z.minimum(0)),
  offers: z.int().check(z.minimum(0)),
  wrapUps: z.int().check(z.minimum(0)),
  unsaved: z.int().check(z.minimum(0)),
});
export type WorkInHand = z.infer<typeof workInHandSchema>;

export const safetyCalls = {
  /** Null: there is none, it is too old, or the key store cannot be used. */
  'secret:read': { request: z.object({ name: secretName }), answer: z.object({ value: z.nullable(z.string()) }) },
  'secret:write': {
    request: z.object({ name: secretName, value: z.string().check(z.maxLength(16_000)) }),
    answer: z.object({ isKept: z.boolean() }),
  },
  'secret:forget': { request: z.object({ name: secretName }), answer: z.object({}) },
  /** One line of trouble. Names and numbers of people are not for it; what looks like one is taken out again before it is written. */
  'report:write': {
    request: z.object({
      event: z.string().check(z.regex(/^[a-z][\w:-]{0,60}$/)),
      facts: z.record(z.string().check(z.regex(/^\w{1,30}$/)), fact),
    }),
    answer: z.object({}),
  },
  /** Settings that an administrator fixed for this computer: shown, and not to be changed. */
  'settings:fixed': { request: z.object({}), answer: z.object({ names: z.array(z.string()) }) },
  'update:read': { request: z.object({}), answer: updateStateSchema },
  /** Told whenever it changes, so that the program knows when an update may begin. */
  'update:work': { request: workInHandSchema, answer: z.object({}) },
  /** Asked for by the agent; answered with how it stands when it is not done now. */
  'update:install': { request: z.object({}), answer: updateStateSchema },
} as const;

export const safetySignals = {
  'update:changed': updateStateSchema,
} as const;
