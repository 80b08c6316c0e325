import * as z from 'zod/mini';
import { localeSchema, tierSchema } from '../contact.ts';
import { idSchema, nameSchema, secretSchema } from '../setting-fields.ts';

/** What an administrator sets up for written contacts. Sections of the configuration; see `configuration.ts` for what they share. */

const emailAddress = z.string().check(z.maxLength(254), z.regex(/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/, 'an e-mail address'));
const host = z.string().check(z.minLength(1), z.maxLength(255));
const port = z.int().check(z.gte(1), z.lte(65_535));
/** A text in both languages; `{{customerName}}` and the like are filled in when it is used, see `templateFields` and `automaticFields`. */
const text = (longest: number) =>
  z.strictObject({ en: z.string().check(z.maxLength(longest)), zh: z.string().check(z.maxLength(longest)) });

/** `none` only inside the house: whoever listens reads along. */
const mailSecuritySchema = z.enum(['tls', 'startTls', 'none']);
/**
 * `token`: the secret is an OAuth 2 access token, and the sign-in is XOAUTH2. It is read anew before each connection; whoever has it renewed lays the
 * new one where the secret is, best in a file. Absent: `password`.
 */
export const mailSignIns = ['password', 'token'] as const;
export type MailSignIn = (typeof mailSignIns)[number];
const mailSignInSchema = z.optional(z.enum(mailSignIns));

export const imapSchema = z.strictObject({
  host,
  port,
  security: mailSecuritySchema,
  username: z.string().check(z.minLength(1), z.maxLength(255)),
  password: secretSchema,
  signIn: mailSignInSchema,
  /** A copy of what people send is laid into its folder of sent mail. Absent: yes; off where its server does so by itself. */
  keepsSent: z.optional(z.boolean()),
  folder: z.string().check(z.minLength(1), z.maxLength(255)),
});
export const smtpSchema = z.strictObject({
  host,
  port,
  security: mailSecuritySchema,
  /** Null: the server takes our mail as it is. */
  username: z.nullable(z.string().check(z.minLength(1), z.maxLength(255))),
  password: z.nullable(secretSchema),
  signIn: mailSignInSchema,
});

/** A mailbox of ours. What is sent to its address over SMTP to the bridge's own intake is its too. */
export const mailboxSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  address: emailAddress,
  /** What customers see as the sender beside the address. */
  sender: nameSchema,
  queue: idSchema,
  /** `fax`: a gateway sends faxes here; their pages are documents. */
  kind: z.enum(['mail', 'fax']),
  /** Null: only what comes by the bridge's own intake. */
  incoming: z.nullable(imapSchema),
  /** Null: nothing can be sent from it. */
  outgoing: z.nullable(smtpSchema),
  signature: text(2_000),
  /** Sent once a day to whoever writes, never to programs; null: nothing is. `{{subject}}` is theirs. */
  autoReply: z.nullable(z.strictObject({ subject: text(200), text: text(5_000) })),
});
export type MailboxConfiguration = z.infer<typeof mailboxSchema>;

export const smsCarrierSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('smpp'),
      host,
      port,
      tls: z.boolean(),
      systemId: z.string().check(z.minLength(1), z.maxLength(15)),
      password: secretSchema,
      systemType: z.string().check(z.maxLength(12)),
      /** How many may be on their way unanswered, and how many may go in a second. */
      window: z.int().check(z.gte(1), z.lte(1_000)),
      perSecond: z.int().check(z.gte(1), z.lte(10_000)),
    }),
    z.strictObject({
      kind: z.literal('http'),
      /** Gets a POST of JSON `{ id, from, to, text }` for each message, signed as ours to it are. */
      url: z.string().check(z.maxLength(2_000), z.regex(/^https?:\/\//, 'an address that begins with https://')),
      /** Signs both ways: HMAC-SHA-256 over time stamp and raw body. */
      secret: secretSchema,
    }),
  ],
  'kind: smpp or http',
);

/** A number of ours for text messages. */
export const smsLineSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  /** As customers see it: a short code, a number or a word. */
  number: z.string().check(z.minLength(1), z.maxLength(20)),
  queue: idSchema,
  carrier: smsCarrierSchema,
  /** Sent to whoever writes STOP, and to whoever comes back; empty: nothing is. */
  stopped: text(300),
  resumed: text(300),
});
export type SmsLineConfiguration = z.infer<typeof smsLineSchema>;

/** A web site with our chat on it. */
export const chatSiteSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  /** What visitors see above their chat. */
  title: nameSchema,
  welcome: text(500),
  colour: z.string().check(z.regex(/^#[0-9a-f]{6}$/i, 'a colour such as #2f5bd0')),
  queue: idSchema,
  asks: z.strictObject({ name: z.boolean(), email: z.boolean(), phone: z.boolean(), topic: z.boolean() }),
  /** `https://shop.example`; `*` allows every site. */
  allowedOrigins: z
    .array(z.string().check(z.regex(/^(\*|https?:\/\/[^/\s]+)$/, 'an origin such as https://shop.example, or *')))
    .check(z.maxLength(50)),
  files: z.boolean(),
  rating: z.boolean(),
});
export type ChatSiteConfiguration = z.infer<typeof chatSiteSchema>;

/** Where scanned pages come in: uploaded by hand, or laid into a folder by a scanner. */
export const documentSourceSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  kind: z.enum(['letter', 'form', 'fax']),
  queue: idSchema,
  /** Watched; what was taken is moved into its sub-folder `taken`. Null: only uploads. */
  folder: z.nullable(z.string().check(z.minLength(1), z.maxLength(1_000))),
});
export type DocumentSourceConfiguration = z.infer<typeof documentSourceSchema>;

export const writtenChannels = ['email', 'sms', 'chat', 'document'] as const;
export const writtenChannelSchema = z.enum(writtenChannels);
export type WrittenChannelName = z.infer<typeof writtenChannelSchema>;

/** A message is judged by all of them in turn; more are no longer understood by anybody. */
export const maxMessageRules = 500;

/** Where a message goes. The first rule whose conditions all hold decides; an empty condition always holds. */
export const messageRuleSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  isOn: z.boolean(),
  when: z.strictObject({
    channels: z.array(writtenChannelSchema),
    /** Mailboxes, lines, sites, document sources, by id. */
    sources: z.array(idSchema),
    /** An address, or `@domain`; a number or its beginning. */
    from: z.array(z.string().check(z.minLength(1), z.maxLength(254))).check(z.maxLength(100)),
    /** Any of them in subject or text, whole words where the language has such, in whatever case. */
    words: z.array(z.string().check(z.minLength(1), z.maxLength(100))).check(z.maxLength(100)),
    languages: z.array(localeSchema),
    tiers: z.array(tierSchema),
  }),
  then: z.strictObject({
    /** Null: the queue of its source. */
    queue: z.nullable(idSchema),
    /** A skill expression beside what the queue asks for; empty asks for nothing more. */
    needs: z.string().check(z.maxLength(500)),
    priority: z.nullable(z.int().check(z.gte(0), z.lte(100))),
    /** To be answered within so many minutes; null: what the queue's service level says. */
    answerWithinMinutes: z.nullable(z.int().check(z.gte(1), z.lte(43_200))),
  }),
});
export type MessageRule = z.infer<typeof messageRuleSchema>;

/** What `{{…}}` in a template may name. */
export const templateFields = [
  'customerName',
  'customerTitle',
  'companyName',
  'agentName',
  'organisationName',
  'caseNumber',
  'today',
  'subject',
] as const;
export type TemplateField = (typeof templateFields)[number];

/** What is always known, also where nobody looks at a text before it is sent: signatures aside, whatever goes out by itself has only these. */
export const automaticFields = ['organisationName', 'today'] as const satisfies readonly TemplateField[];

/** Words that are written again and again: a whole mail, or a line that is put in where one writes. */
export const messageTemplateSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  channels: z.array(writtenChannelSchema).check(z.minLength(1)),
  /** Typed after `/` to find it; empty: by its name alone. */
  shortcut: z.string().check(z.regex(/^[a-z0-9-]{0,20}$/, 'at most 20 small letters, digits or dashes')),
  /** Of mails; empty leaves the subject as it is. */
  subject: text(200),
  text: text(10_000),
});
export type MessageTemplate = z.infer<typeof messageTemplateSchema>;

/** How customers can be asked after a contact. Besides, a chat is rated in its widget, and a call by key press in the flow that its queue has after it. */
export const surveyWays = ['none', 'email', 'sms'] as const;
const surveyWay = z.enum(surveyWays);

/** Asked after a contact: once, from 1 to `highestScore`. The first one that is on and has the queue, and a way for the channel, asks. */
export const surveySchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  isOn: z.boolean(),
  /** Empty: all. */
  queues: z.array(idSchema),
  /** After a contact on which channel they are asked how. */
  by: z.strictObject({ voice: surveyWay, email: surveyWay, sms: surveyWay, chat: surveyWay, document: surveyWay }),
  /** From where they are asked whose contact did not come by mail, or by text message. Null: they are not. */
  mailbox: z.nullable(idSchema),
  smsLine: z.nullable(idSchema),
  /** Where customers' browsers reach this bridge: what the links of a mail begin with. Null: none is asked by mail. */
  address: z.nullable(z.string().check(z.maxLength(200), z.regex(/^https?:\/\/[^/\s?#@]+$/, 'an address such as https://care.example'))),
  afterMinutes: z.int().check(z.gte(0), z.lte(10_080)),
  /** Nobody is asked again within so many days, by whichever survey. */
  notAgainWithinDays: z.int().check(z.gte(0), z.lte(365)),
  /** Of mails. */
  subject: text(200),
  question: text(500),
  /** Asks for a word beside the number, where there is room for one; empty asks for none. */
  comment: text(200),
  thanks: text(300),
});
export type SurveyConfiguration = z.infer<typeof surveySchema>;

/** The scale of what is asked in writing; a flow may have another. */
export const highestScore = 5;

/** The sections, as `configuration.ts` lists them. The order of the rules is the order in which they are asked. */
export const messageSections = {
  mailboxes: z.array(mailboxSchema),
  smsLines: z.array(smsLineSchema),
  chatSites: z.array(chatSiteSchema),
  documentSources: z.array(documentSourceSchema),
  messageRules: z.array(messageRuleSchema),
  messageTemplates: z.array(messageTemplateSchema),
  surveys: z.array(surveySchema),
} as const;
