import * as z from 'zod/mini';
import { localeSchema } from '../contact.ts';
import { chatLimits, chatWireVersion } from './chat-limits.ts';

/**
 * Between the chat widget on somebody's web site and the bridge.
 *
 *     GET  /chat/widget.js
 *     GET  /chat/sites/SITE             ChatSiteView
 *     POST /chat/sites/SITE/messages    LeftMessage, where nobody is there
 *     POST /chat/sites/SITE/files       raw bytes; x-chat-pass, x-client-id, x-file-name (percent-encoded) -> { line }
 *     GET  /chat/sites/SITE/files/ID?pass=
 *     WS   /chat/sites/SITE/socket      JSON, one frame each: `FromVisitor` up, `ToVisitor` down
 *
 * A conversation: `open` with the token of a former one or null, `opened`; then each `write` is answered by `written` once it is stored, or by
 * `refused`, and may be told again with its `clientId`: it is the same line. Whoever misses a line (`seq` counts by one) asks for it: `catchUp`.
 */
const kind = <Kind extends string>(name: Kind) => ({ kind: z.literal(name) });
const seq = z.int().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER));
const shortText = (longest: number) => z.nullable(z.string().check(z.maxLength(longest)));
/** Not only spaces, and nothing that a store could not keep. */
const written = z.string().check(z.maxLength(chatLimits.textLength), z.regex(/\S/), z.regex(/^[^\0]*$/));
export const chatClientIdSchema = z.string().check(z.regex(/^[\w-]{8,64}$/));

const formSchema = z.strictObject({
  name: shortText(chatLimits.nameLength),
  email: shortText(chatLimits.emailLength),
  phone: shortText(chatLimits.phoneLength),
  topic: shortText(chatLimits.topicLength),
});
export type ChatForm = z.infer<typeof formSchema>;

export const fromVisitorSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...kind('open'),
    version: z.literal(chatWireVersion),
    token: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))),
    lastSeq: seq,
    locale: localeSchema,
    form: formSchema,
    page: z.strictObject({ url: shortText(2_000), title: shortText(300) }),
  }),
  z.strictObject({ ...kind('catchUp'), lastSeq: seq }),
  z.strictObject({ ...kind('write'), clientId: chatClientIdSchema, text: written }),
  z.strictObject(kind('typing')),
  z.strictObject({ ...kind('read'), seq }),
  z.strictObject({
    ...kind('rate'),
    score: z.int().check(z.gte(1), z.lte(5)),
    text: z.string().check(z.maxLength(chatLimits.ratingLength), z.regex(/^[^\0]*$/)),
  }),
  z.strictObject(kind('leave')),
]);
export type FromVisitor = z.infer<typeof fromVisitorSchema>;

export const chatLineSchema = z.strictObject({
  seq,
  messageId: z.string(),
  by: z.enum(['visitor', 'agent', 'system']),
  name: z.nullable(z.string()),
  /** By `system`: one of `chatSystemWords`. */
  text: z.string(),
  at: z.number(),
  file: z.nullable(z.strictObject({ fileId: z.string(), name: z.string(), mediaType: z.string(), bytes: z.number() })),
});
export type ChatLineView = z.infer<typeof chatLineSchema>;

export const chatStateSchema = z.strictObject({
  state: z.enum(['waiting', 'withAgent', 'closed']),
  agentName: z.nullable(z.string()),
  ahead: z.nullable(z.int()),
  mayRate: z.boolean(),
});
export type ChatStateView = z.infer<typeof chatStateSchema>;

export const toVisitorSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...kind('opened'),
    /** New; null when the one they have holds. */
    token: z.nullable(z.string()),
    /** Shows to `files` whose conversation it is; good for some hours, a new one comes with each `opened`. */
    pass: z.string(),
    lines: z.array(chatLineSchema),
    state: chatStateSchema,
  }),
  z.strictObject({ ...kind('lines'), lines: z.array(chatLineSchema) }),
  z.strictObject({ ...kind('line'), line: chatLineSchema }),
  /** It is stored. */
  z.strictObject({ ...kind('written'), clientId: z.string(), line: chatLineSchema }),
  /** It is not stored; told again after that time it may be. */
  z.strictObject({ ...kind('refused'), clientId: z.string(), why: z.enum(['tooFast', 'notStored']), retryAfterMs: z.int() }),
  z.strictObject({ ...kind('typing'), name: z.string() }),
  z.strictObject({ ...kind('read'), seq }),
  z.strictObject({ ...kind('state'), state: chatStateSchema }),
  z.strictObject({ ...kind('done'), of: z.enum(['rate', 'leave']), ok: z.boolean() }),
  /** The line is alive; comes every few seconds. */
  z.strictObject(kind('beat')),
]);
export type ToVisitor = z.infer<typeof toVisitorSchema>;

const bothLanguages = z.strictObject({ en: z.string(), zh: z.string() });
export const chatSiteViewSchema = z.strictObject({
  title: bothLanguages,
  welcome: bothLanguages,
  /** `#rrggbb`. */
  colour: z.string(),
  isOpen: z.boolean(),
  asks: z.strictObject({ name: z.boolean(), email: z.boolean(), phone: z.boolean(), topic: z.boolean() }),
  files: z.boolean(),
  rating: z.boolean(),
});
export type ChatSiteView = z.infer<typeof chatSiteViewSchema>;

export const leftMessageSchema = z.strictObject({
  clientId: chatClientIdSchema,
  locale: localeSchema,
  name: shortText(chatLimits.nameLength),
  email: z.string().check(z.maxLength(chatLimits.emailLength), z.regex(/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/)),
  text: written,
});
export type LeftMessage = z.infer<typeof leftMessageSchema>;
