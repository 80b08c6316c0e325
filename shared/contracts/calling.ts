import * as z from 'zod/mini';
import { id } from './fields.ts';

/**
 * How calls go out and come in: the fields of a trunk that say which calls it carries and how numbers stand on it, and the rules of who may
 * call what. What they mean is said once, in `cti-bridge/dialplan`.
 */

/** Numbers by how they begin: `*` all, `home` those of the home country, `+4420` by its digits with the country's, `955` service numbers. */
export const rangeSchema = z
  .string()
  .check(z.regex(/^(?:\*|home|\+\d{1,15}|\d{1,15})$/, 'home, * for all, or the beginning of a number such as +4420 or 955'));
export const rangesSchema = z.array(rangeSchema).check(z.maxLength(500));

const publicNumber = z.string().check(z.regex(/^\+\d{4,15}$/, 'a number with its country, such as +8657487001234'));
/** What a customer is shown. */
export const shownNumberSchema = publicNumber;

export const numberForms = ['e164', 'e164WithoutPlus', 'national', 'asDialled'] as const;
/**
 * `e164`: +8613800001111; `e164WithoutPlus`: 8613800001111; `national`: as dialled within the home country, 00 and the country's code for
 * others; `asDialled`: going out as `e164WithoutPlus`, coming in untouched. Then `strip` digits are taken off the front and `prefix` is put there.
 */
const numbersSchema = z.strictObject({
  form: z.enum(numberForms),
  strip: z.int().check(z.gte(0), z.lte(15)),
  prefix: z.string().check(z.regex(/^\+?[\d*#]{0,10}$/, 'at most 10 digits')),
});
export type NumberForm = z.infer<typeof numbersSchema>;

/** Whose number the customer is shown; the next of queue, agent, trunk where there is none. `withheld`: nobody's. */
export const shownAs = ['queue', 'agent', 'trunk', 'withheld'] as const;
export const trunkCodecs = ['PCMA', 'PCMU', 'opus'] as const;
export const trunkDirections = ['both', 'in', 'out'] as const;

/**
 * SRTP with keys in SDP (RFC 4568). `never`: packets in clear, as most providers want them; `offered`: keys are offered where the signalling is
 * TLS, and calls are taken with keys or without; `required`: no packet in clear, whatever the signalling is.
 */
export const srtpUses = ['never', 'offered', 'required'] as const;
export const srtpUseSchema = z.enum(srtpUses);

const callerIdSchema = z.strictObject({ shows: z.enum(shownAs), number: z.nullable(publicNumber) });
const registerSchema = z.strictObject({
  /** Null: where its calls go. */
  registrar: z.nullable(z.string().check(z.minLength(1), z.maxLength(255))),
  expiresSeconds: z.int().check(z.gte(60), z.lte(86_400)),
});

/** Every one has a default: trunks that were set up before have none of them. */
export const trunkCallingFields = {
  direction: z._default(z.enum(trunkDirections), 'both'),
  /** Addresses that may call in through it, beside where its calls go. */
  sources: z._default(z.array(z.union([z.ipv4(), z.ipv6()])).check(z.maxLength(100)), []),
  register: z._default(z.nullable(registerSchema), null),
  /** The lowest is tried first; among equals by weight, as SRV records are (RFC 2782). */
  priority: z._default(z.int().check(z.gte(0), z.lte(100)), 10),
  weight: z._default(z.int().check(z.gte(0), z.lte(1_000)), 10),
  /** Calls at once, both ways; null: as many as come. */
  maxChannels: z._default(z.nullable(z.int().check(z.gte(1), z.lte(100_000))), null),
  carries: z._default(rangesSchema, ['*']),
  numbersOut: z._default(numbersSchema, { form: 'e164', strip: 0, prefix: '' }),
  numbersIn: z._default(numbersSchema, { form: 'asDialled', strip: 0, prefix: '' }),
  callerId: z._default(callerIdSchema, { shows: 'queue', number: null }),
  /**
   * Of the network that asserts who calls (RFC 3325): what it says in P-Asserted-Identity is believed, and it is told ours. Otherwise a
   * withheld number stays in the house.
   */
  trustsIdentity: z._default(z.boolean(), true),
  /**
   * Those of G.711 in the order in which they are offered. Every call begins in one of them, so there is one; in Opus, wherever it stands, two
   * talk who hear only each other and are not recorded.
   */
  codecs: z._default(
    z.array(z.enum(trunkCodecs)).check(
      z.minLength(1),
      z.maxLength(trunkCodecs.length),
      z.refine((codecs) => codecs.some((codec) => codec !== 'opus'), 'at least one codec of G.711'),
    ),
    ['PCMA', 'PCMU'],
  ),
  srtp: z._default(srtpUseSchema, 'never'),
  /** How often it is asked whether it is there; null: never, and it counts as there. */
  pingSeconds: z._default(z.nullable(z.int().check(z.gte(5), z.lte(3_600))), 30),
} as const;

const trunkCallingSchema = z.object(trunkCallingFields);
export type TrunkCalling = z.infer<typeof trunkCallingSchema>;

/** Of a trunk of which nobody said more than where it is. */
export const plainTrunk = (): TrunkCalling => trunkCallingSchema.parse({});

/** What people of a role may call. What is in `blocked` is never called, whatever `allowed` says; emergency numbers always are. */
export const callingRuleFields = {
  allowed: rangesSchema,
  blocked: rangesSchema,
  /** Numbers that cost extra by their kind, and satellites. */
  premium: z.boolean(),
  /** Calls of one agent within any hour; null: as many as the organisation's. */
  callsPerHour: z.nullable(z.int().check(z.gte(0), z.lte(10_000))),
} as const;
const callingLimits = z.object(callingRuleFields);
export type CallingLimits = z.infer<typeof callingLimits>;

/** For a role of which nothing is set up. */
export const plainCallingRule: CallingLimits = { allowed: ['home'], blocked: [], premium: false, callsPerHour: 60 };

/** All calls out of the organisation together: what a stolen password can cost. */
export const organisationCallingSchema = z.strictObject({
  callsPerHour: z.int().check(z.gte(0), z.lte(1_000_000)),
  callsAtOnce: z.int().check(z.gte(0), z.lte(100_000)),
});
export const plainOrganisationCalling = { callsPerHour: 2_000, callsAtOnce: 200 };

/** Why a number is not called. `notFree`: whoever asks is signed out, out of reach or has a call; `noMedia`: as many calls as there can be. */
export const dialRefusals = [
  'notANumber',
  'blocked',
  'notAllowed',
  'premium',
  'agentHourlyCap',
  'organisationHourlyCap',
  'tooManyAtOnce',
  'noTrunk',
  'notFree',
  'noMedia',
] as const;
export type DialRefusal = (typeof dialRefusals)[number];

/**
 * A number as it was typed or clicked; a `tel:` URI is one. `conversationId`: the call is begun from this conversation, which the agent has; whoever
 * writes in it is whom they call, and the conversation tells of the call.
 */
export const dialRequestSchema = z.object({
  number: z.string().check(z.minLength(1), z.maxLength(64)),
  conversationId: z.optional(id),
});
/** The own phone rings first, under the reservation; the desktop answers it by itself. */
export const dialAnswerSchema = z.discriminatedUnion('isDialled', [
  z.object({ isDialled: z.literal(true), interactionId: z.string(), reservationId: z.string() }),
  z.object({ isDialled: z.literal(false), why: z.enum(dialRefusals) }),
]);
export type DialAnswer = z.infer<typeof dialAnswerSchema>;
