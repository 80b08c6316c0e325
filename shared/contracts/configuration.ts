import * as z from 'zod/mini';
import { callingRuleFields, organisationCallingSchema, shownNumberSchema, srtpUseSchema, trunkCallingFields } from './calling.ts';
import { localeSchema, tierSchema } from './contact.ts';
import { customerScoresSchema } from './customer-scores.ts';
import { takeOverRulesSchema } from './ivr/take-over.ts';
import { messageSections } from './messages/settings.ts';
import { stageSchema } from './record.ts';
import { queueRecordingSchema } from './recording.ts';
import { rights } from './rights.ts';
import { idSchema, nameSchema as name, secretSchema } from './setting-fields.ts';
import { usualFollowUpSchema } from './usual-follow-up.ts';
import { queueVoicemailSchema } from './voicemail.ts';

export { idSchema, type SecretReference, secretSchema } from './setting-fields.ts';

/**
 * The organisation as data: what an administrator sets up, in the one shape that the file (`npm run admin`), the admin screens and the
 * store share. Times are seconds, because people write them. Everything that could be nonsense although each part is well formed (an
 * unknown skill, a queue that overflows to itself) is checked over the whole by `cti-bridge/organisation`.
 * A pattern carries the words that tell what it wants.
 *
 * A secret is never in here, only where it is kept: an environment variable or a file.
 */

const wholeSeconds = z.int().check(z.gte(1), z.lte(86_400));
/** A skill expression such as `french >= 4 and billing >= 5`; empty asks for nothing. Grammar: `shared/skill-expression.ts`. */
const expression = z.string().check(z.maxLength(500));
const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 08:30, at most 24:00'));
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-10-01'));

/** How the bridge's own settings begin in the environment. It does not start with one that it does not know, so no secret can be in one. */
export const settingPrefix = 'CROSSPOINT_';

export const orgUnitSchema = z.strictObject({
  id: idSchema,
  parent: z.nullable(idSchema),
  tier: z.enum(['headquarters', 'province', 'city']),
  name,
});

export const teamSchema = z.strictObject({ id: idSchema, name, orgUnit: z.nullable(idSchema) });

export const skillSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z][a-zA-Z0-9_]{0,39}$/, '1 to 40 letters, digits or underscores, the first a small letter')),
  name,
});

const span = z.strictObject({ from: timeOfDay, to: timeOfDay });
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** Opening hours on the clock of one time zone (IANA name). A holiday takes the place of its weekday: no spans is closed all day. */
export const hoursSchema = z.strictObject({
  id: idSchema,
  name,
  timeZone: z.string(),
  weekly: z.partialRecord(z.enum(weekdays), z.array(span)),
  holidays: z.array(z.strictObject({ date: day, name, spans: z.array(span) })),
});
export type OpeningHours = z.infer<typeof hoursSchema>;

export const queueChannels = ['voice', 'email', 'sms', 'chat', 'document'] as const;
export const queueChannelSchema = z.enum(queueChannels);
export type QueueChannel = z.infer<typeof queueChannelSchema>;

/**
 * How much of an agent each kind of work takes: `weight` of 100, and at most `max` at once. What `interrupts` names may be in hand
 * already when such an item comes; it rests meanwhile and takes no room.
 */
export const capacitySchema = z.strictObject({
  id: idSchema,
  name,
  channels: z.partialRecord(
    queueChannelSchema,
    z.strictObject({
      max: z.int().check(z.gte(0), z.lte(50)),
      weight: z.int().check(z.gte(1), z.lte(100)),
      interrupts: z.array(queueChannelSchema),
    }),
  ),
});
export type CapacityProfile = z.infer<typeof capacitySchema>;

export const strategyNames = ['longestIdle', 'roundRobin', 'leastBusy', 'bestSkill', 'ringAll', 'weighted'] as const;
export type StrategyName = (typeof strategyNames)[number];

/** What becomes of somebody the queue cannot keep. `announce` plays the prompt and ends the call; `voicemail` takes a message for the queue. */
export const diversionSchema = z.discriminatedUnion(
  'to',
  [
    z.strictObject({ to: z.literal('queue'), queue: idSchema }),
    z.strictObject({ to: z.literal('announce'), prompt: idSchema }),
    z.strictObject({ to: z.literal('callback') }),
    z.strictObject({ to: z.literal('voicemail') }),
  ],
  'to: queue, announce, callback or voicemail',
);
export type Diversion = z.infer<typeof diversionSchema>;

export const wrapUpModes = ['optional', 'required', 'timed', 'timedNoEarlyExit'] as const;
export const wrapUpModeSchema = z.enum(wrapUpModes);
/**
 * `optional`: may be left without an outcome; `required`: stays until one is chosen; `timed`: ends at the limit, earlier with an outcome;
 * `timedNoEarlyExit`: ends at the limit and not before.
 */
export type WrapUpMode = z.infer<typeof wrapUpModeSchema>;

const percent = z.int().check(z.gte(1), z.lte(100));

export const queueSchema = z.strictObject({
  id: idSchema,
  name,
  channel: queueChannelSchema,
  /** Whom it asks for at first. */
  needs: expression,
  /** Whom it also takes after a while: each ring widens the one before. With `needs` at most six. */
  rings: z.array(z.strictObject({ afterSeconds: wholeSeconds, needs: expression })).check(z.maxLength(5)),
  strategy: z.enum(strategyNames),
  ringSeconds: z.int().check(z.gte(3), z.lte(300)),
  missesBeforeNotReady: z.int().check(z.gte(1), z.lte(20)),
  /** 0 to 100, higher first. */
  priority: z.int().check(z.gte(0), z.lte(100)),
  /** Waiting this long counts as one point of priority; null: waiting counts only among equals. */
  ageingSecondsPerPoint: z.nullable(wholeSeconds),
  serviceLevel: z.strictObject({ targetPercent: percent, thresholdSeconds: wholeSeconds }),
  hours: z.nullable(idSchema),
  maxWaiting: z.nullable(z.int().check(z.gte(1), z.lte(100_000))),
  maxWaitSeconds: z.nullable(wholeSeconds),
  /** After waiting this long here it waits in the other queue, at the place of its arrival. */
  overflow: z.nullable(z.strictObject({ afterSeconds: wholeSeconds, queue: idSchema })),
  whenClosed: diversionSchema,
  whenFull: diversionSchema,
  whenWaitedTooLong: diversionSchema,
  /** Told to the caller every so often; null is silence (music). */
  announcements: z.strictObject({ everySeconds: z.nullable(wholeSeconds), position: z.boolean(), expectedWait: z.boolean() }),
  /** Offered to the caller after this wait: key 1 keeps the place and ends the call. Null: not offered. */
  callbackAfterSeconds: z.nullable(z.int().check(z.gte(0), z.lte(3_600))),
  /** Wait for the agent who had them last (within so many days), or for their account manager, at most this long. */
  lastAgent: z.nullable(z.strictObject({ waitSeconds: wholeSeconds, withinDays: z.int().check(z.gte(1), z.lte(365)) })),
  accountManager: z.nullable(z.strictObject({ waitSeconds: wholeSeconds })),
  /** Customers of these tiers stand before all others and are let in when the queue is full. */
  bypassTiers: z.array(tierSchema),
  /** What customers are shown who are called for it, where the trunk shows the queue's number. */
  shownNumber: z.optional(shownNumberSchema),
  /** `offRecording` where nothing is set. */
  recording: z.optional(queueRecordingSchema),
  /** `plainVoicemail` where nothing is set. */
  voicemail: z.optional(queueVoicemailSchema),
  /** The flow in which customers go on who are still there when the agent has hung up, such as a survey; none where nothing is set. */
  afterCall: z.optional(z.nullable(idSchema)),
  wrapUp: z.strictObject({
    mode: wrapUpModeSchema,
    seconds: wholeSeconds,
    extendBySeconds: wholeSeconds,
    maxExtensions: z.int().check(z.gte(0), z.lte(20)),
    defaultDisposition: z.string(),
  }),
  alerts: z.strictObject({
    waitingAbove: z.nullable(z.int().check(z.gte(0))),
    longestWaitAboveSeconds: z.nullable(wholeSeconds),
    serviceLevelBelowPercent: z.nullable(percent),
  }),
});
export type QueueConfiguration = z.infer<typeof queueSchema>;

export const notReadyReasonConfigurationSchema = z.strictObject({ id: idSchema, name });

export const dispositionConfigurationSchema = z.strictObject({
  code: idSchema,
  name,
  parent: z.nullable(idSchema),
  /** Absent where nothing usually follows. */
  usual: z.optional(usualFollowUpSchema),
});

export const trunkSchema = z.strictObject({
  id: idSchema,
  name,
  host: z.string().check(z.minLength(1), z.maxLength(255)),
  port: z.int().check(z.gte(1), z.lte(65_535)),
  transport: z.enum(['udp', 'tcp', 'tls']),
  username: z.nullable(z.string()),
  password: z.nullable(secretSchema),
  ...trunkCallingFields,
  /** What calls bring along that a system behind this trunk had before us. */
  takesOver: z.optional(takeOverRulesSchema),
});
export type TrunkConfiguration = z.infer<typeof trunkSchema>;

export const roleConfigurationSchema = z.strictObject({
  id: idSchema,
  name,
  rights: z.array(z.enum(rights)),
  /** Whom its people may call, if they may call out at all; `plainCallingRule` where nothing is set. */
  calling: z.optional(z.strictObject(callingRuleFields)),
});

/** A phone on a desk is told to answer at once, for an agent with a headset on; it must be set up to do so when it is told. */
const answersItselfSchema = z.boolean();

/** How an agent's calls reach them: the desktop's own phone, a SIP phone that registers, or one at an address that never changes. */
export const phoneSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('desktop') }),
    z.strictObject({
      kind: z.literal('registered'),
      password: secretSchema,
      /** As a trunk's; `never` where nothing is set. */
      srtp: z.optional(srtpUseSchema),
      answersItself: z.optional(answersItselfSchema),
    }),
    z.strictObject({
      kind: z.literal('address'),
      uri: z.string().check(z.regex(/^sip:[^@\s]+@[^@\s]+$/, 'a SIP address such as sip:6012@10.0.0.7')),
      srtp: z.optional(srtpUseSchema),
      answersItself: z.optional(answersItselfSchema),
    }),
  ],
  'kind: desktop, registered or address',
);
export type AgentPhone = z.infer<typeof phoneSchema>;

export const userSchema = z.strictObject({
  id: idSchema,
  username: z.string().check(z.minLength(1), z.maxLength(100)),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  role: idSchema,
  locale: localeSchema,
  orgUnit: z.nullable(idSchema),
  /** Null for somebody who takes no work. */
  agent: z.nullable(
    z.strictObject({
      id: idSchema,
      extension: z.string().check(z.regex(/^\d{2,10}$/, '2 to 10 digits')),
      team: z.nullable(idSchema),
      capacity: idSchema,
      skills: z.record(z.string(), z.int().check(z.gte(1), z.lte(10))),
      /** Queues they are taken out of although their skills would do. */
      leftQueues: z.array(idSchema),
      /** Share of the work where a queue deals it out by weight; 1 is usual. */
      weight: z.number().check(z.gte(0.1), z.lte(10)),
      phone: phoneSchema,
      /** Their own number, as customers are shown it. */
      shownNumber: z.optional(shownNumberSchema),
    }),
  ),
});
export type UserConfiguration = z.infer<typeof userSchema>;

/** Another system that reads and writes the record over HTTP, as its role and office allow. Its bearer is the secret. */
export const apiClientSchema = z.strictObject({ id: idSchema, name, role: idSchema, orgUnit: z.nullable(idSchema), secret: secretSchema });
export type ApiClient = z.infer<typeof apiClientSchema>;

/** Who has lapsed and may be deleted: silent for so long, and in one of these stages; without any, in whatever stage. */
export const retentionSchema = z.strictObject({
  id: idSchema,
  name,
  silentForDays: z.int().check(z.gte(30), z.lte(36_500)),
  stages: z.array(stageSchema),
});
export type RetentionRule = z.infer<typeof retentionSchema>;

export const customFieldKinds = ['text', 'number', 'day', 'choice', 'flag'] as const;
/** A field of the record that this organisation has and others have not. */
export const customFieldSchema = z.strictObject({
  id: idSchema,
  name,
  on: z.enum(['person', 'account', 'case']),
  kind: z.enum(customFieldKinds),
  /** Of a `choice`; none for other kinds. */
  choices: z.array(z.strictObject({ id: idSchema, name })).check(z.maxLength(100)),
});
export type CustomFieldDefinition = z.infer<typeof customFieldSchema>;

/** How telephones are dialled here, for the numbers that exchanges and people write as they dial them. */
const diallingSchema = z.strictObject({
  outsidePrefix: z.nullable(
    z.string().check(z.regex(/^\d{1,3}$/, 'what is dialled for an outside line: 1 to 3 digits such as 9, or nothing')),
  ),
  areaCode: z.nullable(
    z
      .string()
      .check(z.regex(/^\d{1,6}$/, 'the area code as dialled from elsewhere in the country: 1 to 6 digits such as 0574, or nothing')),
  ),
});

/** The version of this shape; a file of another one is refused. */
export const configurationVersion = 1;

export const configurationSchema = z.strictObject({
  version: z.literal(configurationVersion),
  organisation: z.strictObject({
    name,
    homeCountry: z.string().check(z.regex(/^[A-Z]{2}$/, 'a country by its two capital letters, such as CN')),
    timeZone: z.string(),
    /** What was set up before there was such a setting has none. */
    dialling: z._default(diallingSchema, { outsidePrefix: null, areaCode: null }),
    /** Agents are not told who of their supervisors is in their call. */
    hidesSupervision: z.optional(z.boolean()),
    /** What all calls out may come to; `plainOrganisationCalling` where nothing is set. */
    calling: z.optional(organisationCallingSchema),
    /** How customers' scores are counted; `defaultCustomerScores` where nothing is set. */
    customerScores: z.optional(customerScoresSchema),
  }),
  orgUnits: z.array(orgUnitSchema),
  teams: z.array(teamSchema),
  skills: z.array(skillSchema),
  capacities: z.array(capacitySchema),
  hours: z.array(hoursSchema),
  queues: z.array(queueSchema),
  reasons: z.array(notReadyReasonConfigurationSchema),
  dispositions: z.array(dispositionConfigurationSchema),
  roles: z.array(roleConfigurationSchema),
  users: z.array(userSchema),
  trunks: z.array(trunkSchema),
  apiClients: z.array(apiClientSchema),
  retention: z.array(retentionSchema),
  customFields: z.array(customFieldSchema),
  ...messageSections,
});
export type Configuration = z.infer<typeof configurationSchema>;

/** The lists of the configuration whose entries have an identity of their own, and the field that is it. */
export const sections = {
  orgUnits: 'id',
  teams: 'id',
  skills: 'id',
  capacities: 'id',
  hours: 'id',
  queues: 'id',
  reasons: 'id',
  dispositions: 'code',
  roles: 'id',
  users: 'id',
  trunks: 'id',
  apiClients: 'id',
  retention: 'id',
  customFields: 'id',
  mailboxes: 'id',
  smsLines: 'id',
  chatSites: 'id',
  documentSources: 'id',
  messageRules: 'id',
  messageTemplates: 'id',
  surveys: 'id',
} as const satisfies Partial<Record<keyof Configuration, string>>;
export type SectionName = keyof typeof sections;

/** Sections that came after the first files were written: absent is empty. */
export const laterSections: ReadonlySet<SectionName> = new Set<SectionName>([
  'apiClients',
  'retention',
  'customFields',
  ...(Object.keys(messageSections) as (keyof typeof messageSections)[]),
]);

/** Something wrong with a configuration: where, what was found, what was expected. All of them are told, and nothing is taken. */
export const configurationProblemSchema = z.object({ path: z.string(), found: z.string(), expected: z.string() });
export type ConfigurationProblem = z.infer<typeof configurationProblemSchema>;

/** One line of a dry run or of the history. Values are the JSON of what stood there; null is nothing. */
export const configurationChangeSchema = z.object({
  kind: z.enum(['added', 'changed', 'removed']),
  /** `queues/billing`, or `queues/billing/ringSeconds` for a changed field. */
  path: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});
export type ConfigurationChange = z.infer<typeof configurationChangeSchema>;

/** One entry of the audit of the configuration. */
export const configurationRevisionSchema = z.object({
  revision: z.int(),
  at: z.number(),
  /** User id and name of who did it; `file` imports name the system user. */
  by: z.object({ userId: z.string(), name: z.string() }),
  /** Why or by what: `import`, `screen`, `undo of 12`. */
  note: z.string(),
  changes: z.array(configurationChangeSchema),
});
export type ConfigurationRevision = z.infer<typeof configurationRevisionSchema>;
