import * as z from 'zod/mini';
import { idSchema } from '../configuration.ts';
import { conditionSchema, factNameSchema, templateSchema } from './conditions.ts';

/** One kind of node after another, as they are written in a flow. What each of them does is told in `cti-bridge/ivr/nodes/`. */

/** Names a node within its flow. */
export const nodeIdSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit'));
const attributeSchema = z
  .string()
  .check(z.regex(/^[a-z][A-Za-z0-9]{0,39}$/, '1 to 40 letters or digits, the first a small letter, such as customerNumber'));
const promptsSchema = z.array(idSchema).check(z.maxLength(20));
const keySchema = z.string().check(z.regex(/^[0-9*#]$/, 'one key: 0 to 9, * or #'));
const both = z.strictObject({ en: z.string().check(z.maxLength(80)), zh: z.string().check(z.maxLength(80)) });
const waitMs = z.int().check(z.gte(500), z.lte(60_000));
const attempts = z.int().check(z.gte(1), z.lte(9));
const outsideNumber = z.string().check(z.regex(/^\+?[0-9*#]{2,20}$/, 'a number to call: 2 to 20 digits, with or without a plus'));
const priority = z.nullable(z.int().check(z.gte(0), z.lte(100)));

/** Where each exit leads: node ids by the names of exits. Which exits a node has: `exitsOf`. */
const exitsSchema = z.record(z.string().check(z.regex(/^[A-Za-z0-9*#_-]{1,40}$/, 'the name of an exit')), nodeIdSchema);
const common = {
  /** What the graph calls it; without one, by its kind. */
  label: z.optional(z.string().check(z.maxLength(60))),
  exits: exitsSchema,
};
const node = <const Kind extends string, Settings extends z.core.$ZodShape>(kind: Kind, settings: Settings) =>
  z.strictObject({ kind: z.literal(kind), ...common, ...settings });

/**
 * What is heard from a fragment each: a prompt, or a fact spoken in the language in force. Money is an amount in the currency named, else in
 * the one that is known beside it: `balance.currency` of `balance.amount`.
 */
export const spokenPartSchema = z.union([
  z.strictObject({ prompt: idSchema }),
  z.strictObject({
    fact: factNameSchema,
    as: z.enum(['digits', 'number', 'money', 'date', 'time', 'duration']),
    /** ISO 4217, of money. */
    currency: z.optional(z.enum(['CNY', 'USD', 'EUR', 'GBP'])),
  }),
]);
export type SpokenPart = z.infer<typeof spokenPartSchema>;

/** What of another system's answer becomes a fact: `path` is a JSON Pointer (RFC 6901) into a JSON body, or the name of a header. */
const takenSchema = z.strictObject({ path: z.string().check(z.maxLength(200)), as: attributeSchema });

export const flowNodeSchema = z.discriminatedUnion(
  'kind',
  [
    node('answer', {}),
    node('play', { prompts: promptsSchema }),
    node('say', { parts: z.array(spokenPartSchema).check(z.maxLength(20)) }),
    /** Silence or a wrong key repeats it with the matching prompt first, up to `attempts`. An exit for each key, named like the key. */
    node('menu', {
      prompts: promptsSchema,
      onSilence: z.nullable(idSchema),
      onWrongKey: z.nullable(idSchema),
      keys: z.record(keySchema, both),
      waitMs,
      attempts,
    }),
    /** Digits into `entered.<attribute>`. `masked`: a secret of the caller's, kept out of log, path, trace and recording, and lost by a crash. */
    node('collect', {
      prompts: promptsSchema,
      onInvalid: z.nullable(idSchema),
      attribute: attributeSchema,
      minLength: z.int().check(z.gte(1), z.lte(40)),
      maxLength: z.int().check(z.gte(1), z.lte(40)),
      terminator: z.nullable(z.enum(['#', '*'])),
      firstKeyMs: waitMs,
      betweenKeysMs: waitMs,
      masked: z.boolean(),
      attempts,
    }),
    /** What the caller says, as a recording of the interaction; its id into `entered.<attribute>`. */
    node('record', {
      prompts: promptsSchema,
      attribute: attributeSchema,
      maxSeconds: z.int().check(z.gte(1), z.lte(300)),
    }),
    node('setLanguage', { to: z.enum(['caller', 'other', 'en', 'zh']) }),
    /** `by` null: by the number of the call. What is heard meanwhile, before music: `whileWaiting`. */
    node('lookUp', {
      what: z.enum(['customer', 'case', 'balance']),
      by: z.nullable(factNameSchema),
      whileWaiting: z.nullable(idSchema),
      limitMs: z.int().check(z.gte(100), z.lte(30_000)),
    }),
    /** The first case of which all conditions hold; its exit has its id. */
    node('branch', {
      cases: z
        .array(
          z.strictObject({
            id: attributeSchema,
            label: z.string().check(z.maxLength(60)),
            all: z.array(conditionSchema).check(z.minLength(1), z.maxLength(10)),
          }),
        )
        .check(z.minLength(1), z.maxLength(20)),
    }),
    node('hours', { hoursId: idSchema }),
    /** For what comes after: null leaves it as it is. `skills`: an expression the agent must also meet. Attributes are templates. */
    node('set', {
      priority,
      skills: z.nullable(z.string().check(z.maxLength(500))),
      attributes: z.record(attributeSchema, templateSchema),
    }),
    node('queue', { queueId: idSchema, priority }),
    /** The offer is heard; `acceptKey` keeps their place in the queue and they are called back. */
    node('callback', { prompts: promptsSchema, queueId: idSchema, acceptKey: keySchema, waitMs }),
    node('voicemail', { queueId: idSchema }),
    node('transfer', { number: outsideNumber, ringSeconds: z.int().check(z.gte(5), z.lte(120)) }),
    /** One question answered by a key from 1 to `highest`, kept with the interaction under `attribute`. */
    node('survey', {
      prompts: promptsSchema,
      onWrongKey: z.nullable(idSchema),
      attribute: attributeSchema,
      highest: z.int().check(z.gte(2), z.lte(9)),
      waitMs,
      attempts,
    }),
    /** `to` null: to the number of the call. */
    node('sms', { to: z.nullable(factNameSchema), text: z.strictObject({ en: templateSchema, zh: templateSchema }) }),
    /** Asks another system. Facts in `url` are escaped; what is in `takes` becomes `lookUp.<as>`. */
    node('http', {
      method: z.enum(['GET', 'POST']),
      url: templateSchema,
      headers: z.record(z.string().check(z.regex(/^[A-Za-z0-9-]{1,60}$/, 'the name of a header')), templateSchema),
      body: z.nullable(templateSchema),
      takes: z.array(takenSchema).check(z.maxLength(20)),
      whileWaiting: z.nullable(idSchema),
      limitMs: z.int().check(z.gte(100), z.lte(30_000)),
    }),
    /** Goes on in another flow, and comes back where that one has a `return`. */
    node('callFlow', { flowId: idSchema }),
    node('return', {}),
    /** To another IVR and back: `sends` goes with the call, what it hangs up with (RFC 7433) comes back as `passed.<as>`. */
    node('external', {
      number: outsideNumber,
      sends: z.record(attributeSchema, templateSchema),
      takes: z.array(takenSchema).check(z.maxLength(20)),
      ringSeconds: z.int().check(z.gte(5), z.lte(120)),
      maxSeconds: z.int().check(z.gte(10), z.lte(3_600)),
    }),
    node('hangUp', { prompts: promptsSchema }),
  ],
  'a kind of node that this version knows',
);
export type FlowNode = z.infer<typeof flowNodeSchema>;
export type NodeKindName = FlowNode['kind'];
export type NodeOf = { readonly [Kind in NodeKindName]: Extract<FlowNode, { readonly kind: Kind }> };
