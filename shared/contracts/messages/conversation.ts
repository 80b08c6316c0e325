import * as z from 'zod/mini';
import { writtenChannelSchema } from './settings.ts';

/** A conversation in writing and its messages, as the desktop shows them. Times are epoch ms. */

/**
 * How it stands with a message of ours:
 *
 *     queued ─▶ sending ─▶ sent ─▶ delivered ─▶ read
 *       │          ├─▶ failed            (it will never go: `why`; `gaveUp: …` when it could not leave within a day)
 *       │          └─▶ mayHaveBeenSent   (the line broke; never sent again by itself: an agent decides)
 *       └─▶ withdrawn                    sent, no receipt after 24 h ─▶ noReceipt
 */
export const outgoingStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'mayHaveBeenSent',
  'noReceipt',
  'withdrawn',
] as const;
export type OutgoingState = (typeof outgoingStates)[number];

export const messageFileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  /** By its first bytes. */
  mediaType: z.string(),
  bytes: z.number(),
  /** Shown within the text under this name. */
  contentId: z.nullable(z.string()),
  /** Of scanned pages; null where it has none, or they were not counted. */
  pages: z.nullable(z.number()),
});
export type MessageFile = z.infer<typeof messageFileSchema>;

const mailAddressSchema = z.object({ address: z.string(), name: z.nullable(z.string()) });
export type MailAddressView = z.infer<typeof mailAddressSchema>;

export const messageViewSchema = z.object({
  messageId: z.string(),
  conversationId: z.string(),
  /** Counts up by one in each conversation, over all that is in it. */
  seq: z.int(),
  /**
   * `note`: seen by colleagues alone. `event`: something happened, `text` is its word (`joined`, `left`, `transferred`, `closed`, `rated 4`); of a
   * message of ours (`bounced`, `delayed`, `failed`, `mayHaveBeenSent`) `quoted` says why, and `author.name` whom it did not
   * reach. `newCorrespondent`: `author.name` writes in it for the first time and was not written to. Of a call that was begun in it, for
   * colleagues alone: `called` (`author.name` the number in `quoted`), then `talked 192` (seconds), `notReached`, or `callOver` where nobody knows.
   */
  kind: z.enum(['in', 'out', 'note', 'event']),
  at: z.number(),
  author: z.object({ kind: z.enum(['customer', 'agent', 'system']), name: z.nullable(z.string()) }),
  /** Of one of ours; null otherwise. */
  state: z.nullable(z.object({ name: z.enum(outgoingStates), why: z.nullable(z.string()), at: z.number() })),
  subject: z.nullable(z.string()),
  text: z.string(),
  /** What was quoted below it. */
  quoted: z.string(),
  /** It has a form of its own that is opened apart (`GET /api/messages/:id/html`), and whether that wants things from elsewhere. */
  html: z.nullable(z.object({ hasRemoteContent: z.boolean() })),
  mail: z.nullable(
    z.object({
      from: z.nullable(mailAddressSchema),
      to: z.array(mailAddressSchema),
      cc: z.array(mailAddressSchema),
      replyTo: z.array(mailAddressSchema),
    }),
  ),
  /**
   * Of a text message: how many parts; `isIncomplete`: some never came; `mayBeRepeat`: the network may have delivered one again that came just before
   * the bridge was stopped.
   */
  sms: z.nullable(z.object({ segments: z.int(), isIncomplete: z.boolean(), mayBeRepeat: z.optional(z.boolean()) })),
  files: z.array(messageFileSchema),
  /** Files that were left out, and why; `textTooLong`, which has no name: the end of the text was, and stands in the original. */
  leftOut: z.array(z.object({ name: z.string(), why: z.enum(['tooLarge', 'tooMany', 'unreadable', 'textTooLong']) })),
});
export type MessageView = z.infer<typeof messageViewSchema>;

export const conversationViewSchema = z.object({
  conversationId: z.string(),
  channel: writtenChannelSchema,
  /** The mailbox, line, site or place of documents. */
  source: z.object({ id: z.string(), name: z.object({ en: z.string(), zh: z.string() }) }),
  subject: z.nullable(z.string()),
  /** Who writes: by their address or number, and the name that came with it. */
  correspondent: z.object({ address: z.nullable(z.string()), display: z.string(), name: z.nullable(z.string()) }),
  /** The person it is known to be with. */
  contactId: z.nullable(z.string()),
  locale: z.enum(['en', 'zh']),
  startedAt: z.number(),
  lastSeq: z.int(),
  /** Of a chat: they are there now; how far they have read. */
  visitor: z.nullable(z.object({ isThere: z.boolean(), readSeq: z.int(), page: z.nullable(z.string()) })),
  /** They want no more text messages on this line. */
  isStopped: z.boolean(),
  /** A mail to them came back then, for good, and nothing says since that mail reaches them; told with its messages. */
  cameBackAt: z.optional(z.number()),
});
export type ConversationView = z.infer<typeof conversationViewSchema>;

/** What an agent is writing, kept as they write. `revision` counts up with each stored text; a lower one is refused (`conflict`). */
export const composedSchema = z.object({
  kind: z.enum(['reply', 'replyAll', 'forward', 'new']),
  /** The message it answers or passes on; null for none in particular. */
  about: z.nullable(z.string()),
  to: z.array(mailAddressSchema).check(z.maxLength(100)),
  cc: z.array(mailAddressSchema).check(z.maxLength(100)),
  bcc: z.array(mailAddressSchema).check(z.maxLength(100)),
  subject: z.string().check(z.maxLength(500)),
  text: z.string().check(z.maxLength(100_000)),
  /** Of mails, where it was laid out; sanitised again when it is sent. */
  html: z.nullable(z.string().check(z.maxLength(400_000))),
  fileIds: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20)),
});
export type Composed = z.infer<typeof composedSchema>;

export const messageDraftSchema = z.object({
  interactionId: z.string(),
  composed: composedSchema,
  files: z.array(messageFileSchema),
  revision: z.int(),
  savedAt: z.number(),
});
export type MessageDraft = z.infer<typeof messageDraftSchema>;
