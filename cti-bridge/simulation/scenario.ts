import * as z from 'zod/mini';
import { idSchema } from '../../shared/contracts/configuration.ts';
import { tierSchema } from '../../shared/contracts/contact.ts';
import { distributionSchema } from './distribution.ts';

/**
 * A day to play through, as people write it. Times of day are those on the clock of the scenario's time zone; shares are between 0 and 1.
 * `configuration` is either a whole configuration, as exported, or the part of one that matters (`readScenario` fills in the rest).
 */

const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 08:30, at most 24:00'));
const momentOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?$/, 'a moment of the day such as 08:30:15'));
const share = z.number().check(z.gte(0), z.lte(1));
const durationSeconds = z.number().check(z.gte(0), z.lte(864_000));

const arrivalsSchema = z.discriminatedUnion(
  'kind',
  [
    /** By chance (Poisson), with a rate that holds from its moment until the next one's. */
    z.strictObject({
      kind: z.literal('rates'),
      rates: z.array(z.strictObject({ from: timeOfDay, perHour: z.number().check(z.gte(0), z.lte(1_000_000)) })).check(z.minLength(1)),
    }),
    /** Exactly these. What is not known of one is drawn. Who `waitedSeconds` and was still there has at least that patience. */
    z.strictObject({
      kind: z.literal('recorded'),
      contacts: z
        .array(
          z.strictObject({
            at: momentOfDay,
            handlingSeconds: z.optional(durationSeconds),
            wrapUpSeconds: z.optional(durationSeconds),
            patienceSeconds: z.optional(durationSeconds),
            waitedSeconds: z.optional(durationSeconds),
          }),
        )
        .check(z.maxLength(1_000_000)),
    }),
  ],
  'kind: rates or recorded',
);

const demandSchema = z.strictObject({
  queue: idSchema,
  arrivals: arrivalsSchema,
  /** From the answer to the end of the contact. */
  handling: distributionSchema,
  /** After it. Null: none. A queue with a wrap-up limit ends it there. */
  wrapUp: z.nullable(distributionSchema),
  /** How long they wait before they leave. Null: as long as it takes. */
  patience: z.nullable(distributionSchema),
  /** This share leaves at once where more than so many wait already. */
  balking: z.optional(z.strictObject({ share, whenWaitingAbove: z.int().check(z.gte(0)) })),
  /** Shares of customers of these tiers; the rest is of none. */
  tiers: z.optional(z.array(z.strictObject({ tier: tierSchema, share }))),
});
export type Demand = z.infer<typeof demandSchema>;

const shiftSchema = z.strictObject({
  from: timeOfDay,
  to: timeOfDay,
  /** Begins when the work in hand is done, and lasts its whole length. A group may go in waves, one after the other. */
  breaks: z.optional(
    z.array(
      z.strictObject({
        at: timeOfDay,
        minutes: z.int().check(z.gte(1), z.lte(480)),
        waves: z.optional(z.int().check(z.gte(1), z.lte(50))),
      }),
    ),
  ),
});

const whoSchema = z.discriminatedUnion(
  'kind',
  [
    /** So many people who are all alike. */
    z.strictObject({
      kind: z.literal('alike'),
      count: z.int().check(z.gte(1), z.lte(20_000)),
      skills: z.record(z.string(), z.int().check(z.gte(1), z.lte(10))),
      /** Null or left out: the first capacity profile. */
      capacity: z.optional(z.nullable(idSchema)),
      weight: z.optional(z.number().check(z.gte(0.1), z.lte(10))),
      leftQueues: z.optional(z.array(idSchema)),
    }),
    /** One agent of the configuration, by the agent's id. */
    z.strictObject({ kind: z.literal('person'), agent: idSchema }),
    /** The people of a team of the configuration, with their own skills and capacities. */
    z.strictObject({ kind: z.literal('team'), team: idSchema }),
    /** Everybody in the configuration who takes work. */
    z.strictObject({ kind: z.literal('everybody') }),
  ],
  'kind: alike, person, team or everybody',
);

const agentGroupSchema = z.strictObject({
  group: z.string().check(z.minLength(1), z.maxLength(60)),
  who: whoSchema,
  shifts: z.array(shiftSchema).check(z.minLength(1)),
  /** From the offer until they take it. Left out: 3 seconds. */
  answerDelay: z.optional(distributionSchema),
  /** Share of offers they refuse, and let ring until the end. */
  rejects: z.optional(share),
  leavesRinging: z.optional(share),
  /** Who was set not ready for letting it ring is back after this. Left out: 120. */
  backAfterSeconds: z.optional(z.number().check(z.gte(1), z.lte(86_400))),
});
export type AgentGroup = z.infer<typeof agentGroupSchema>;

export const scenarioSchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  note: z.optional(z.string()),
  date: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-10-01')),
  timeZone: z.string(),
  from: timeOfDay,
  to: timeOfDay,
  /** Another seed is another day with the same habits. Left out: 1. */
  seed: z.optional(z.int().check(z.gte(0))),
  configuration: z.unknown(),
  demand: z.array(demandSchema).check(z.minLength(1)),
  agents: z.array(agentGroupSchema),
});
export type Scenario = z.infer<typeof scenarioSchema>;
