import type { Locale } from '../../shared/contracts/contact.ts';
import type { ContactId, ConversationId, MessageFileId, MessageId } from '../../shared/ids.ts';
import type { Disposable } from '../kernel/index.ts';

/**
 * Between the written channels and the stories. A channel brings in what arrived, once it is stored it tells the other side that it has it, and
 * it carries out what the stories send. It knows nothing of customers, queues and agents.
 *
 *     network ──▶ channels/email, sms, chat, document ──▶ Arrivals (stored) ──▶ flows/messages ──▶ queue, agent
 *     network ◀── MessageCarrier ◀── outbox ◀── flows/messages ◀── agent
 */

export type WrittenChannel = 'email' | 'sms' | 'chat' | 'document';

/** Something as it came in, byte for byte, before anybody has looked into it. */
export interface RawArrival {
  readonly channel: 'email' | 'document';
  /** The mailbox, or the place where documents come in, by its id in the configuration. */
  readonly sourceId: string;
  /**
   * Told again with the same key it is the same arrival, and nothing happens: `sha256:` and the digest of its bytes for what is read from a mailbox
   * or a folder, which stays when a server numbers its mails anew; of a mail by SMTP also its envelope and its day.
   */
  readonly onceKey: string;
  /** Epoch ms. */
  readonly receivedAt: number;
  /**
   * Of a mail by SMTP: the envelope, which may say other things than the header. Of a document: what it was called, and whose it is where whoever
   * brought it in said so.
   */
  readonly envelope: {
    readonly from: string | null;
    readonly to: readonly string[];
    readonly fileName: string | null;
    readonly contactId?: ContactId;
  };
  readonly content: AsyncIterable<Uint8Array>;
}

/** One text message, or one part of a long one, as the network delivered it. */
export interface ArrivedText {
  /** The line of text messages, by its id in the configuration. */
  readonly sourceId: string;
  /** As `RawArrival.onceKey`; null where the network has no name for it, and two that are alike may be two. */
  readonly onceKey: string | null;
  readonly receivedAt: number;
  /** As received. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Of a long message: the parts that belong together have the same reference, from the same sender to the same number. `index` from 1. */
  readonly part: { readonly reference: number; readonly total: number; readonly index: number } | null;
}

/** What became of a text message of ours, as the network says it; may come before `send` resolves, twice, or never. */
export interface DeliveryReceipt {
  readonly sourceId: string;
  /** The network's own name of what it took; as it wrote it, see `sameProviderId`. */
  readonly providerId: string;
  readonly state: 'delivered' | 'failed' | 'expired' | 'rejected' | 'pending';
  /** The network's word or number for why. */
  readonly code: string | null;
  readonly at: number;
}

/**
 * Where channels bring what arrived. A promise that resolves means stored: only then is the other side told that we have it. One that rejects
 * means not stored: the other side is told to come again (SMTP 451, HTTP 503, SMPP ESME_RX_T_APPN), and nothing is left of it here.
 */
export interface Arrivals {
  /** `known`: that key was stored before. `tooLarge`: more than this house takes; it will never be stored. */
  keep(arrival: RawArrival): Promise<'kept' | 'known' | 'tooLarge'>;
  keepText(text: ArrivedText): Promise<'kept' | 'known'>;
  keepReceipt(receipt: DeliveryReceipt): Promise<void>;
}

/** How far a mailbox was read. A mailbox that answers with another `uidValidity` has other messages under the same numbers (RFC 3501 2.3.1.1). */
export interface MailboxMark {
  readonly uidValidity: string;
  readonly lastUid: number;
}

export interface MailboxMarks {
  read(mailboxId: string): Promise<MailboxMark | null>;
  write(mailboxId: string, mark: MailboxMark): Promise<void>;
}

/** A file of a message that goes out. */
export interface OutgoingFile {
  readonly fileId: MessageFileId;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Shown within the text, by this name. */
  readonly contentId: string | null;
  open(): AsyncIterable<Uint8Array>;
}

export interface MailAddress {
  readonly address: string;
  readonly name: string | null;
}

export interface OutgoingMail {
  readonly messageId: MessageId;
  readonly mailboxId: string;
  /** `<id@domain>`: made once and kept, so that whoever gets it twice knows. */
  readonly internetMessageId: string;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly subject: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly text: string;
  readonly html: string | null;
  readonly files: readonly OutgoingFile[];
  /** Nobody wrote it (RFC 3834): the envelope's sender is null, and no program answers. */
  readonly isAutomatic: boolean;
}

export interface OutgoingText {
  readonly messageId: MessageId;
  readonly lineId: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
}

/**
 * How sending ended, as far as it can be known.
 *
 *     taken      whoever carries it has it; `providerIds` are its names there, one a part
 *     refused    it will never go, as it is: a wrong address, a text that is not allowed
 *     notNow     nothing of it has left; come again, not before `retryAfterMs`
 *     unknown    it was on its way when the line broke: it may have been sent, and is never sent again by itself
 */
export type SendOutcome =
  | { readonly kind: 'taken'; readonly providerIds: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'notNow'; readonly why: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'unknown'; readonly why: string; readonly providerIds: readonly string[] };

/** Carries messages out. Never rejects; an aborted signal is `notNow` where nothing has left and `unknown` where something may have. */
export interface MessageCarrier<Outgoing> {
  send(message: Outgoing, signal: AbortSignal): Promise<SendOutcome>;
}

/** Whether the line of a channel works, for the agents who wait for it and the administrator. */
export interface LineState {
  readonly sourceId: string;
  readonly state: 'up' | 'connecting' | 'down';
  /** In plain words, for the administrator; null while it is up. */
  readonly why: string | null;
  /** Epoch ms. */
  readonly since: number;
}

/** A mail that was taken apart. Text is as it was written, without anything that could act; HTML is what is left when all that could act is gone. */
export interface ReadMail {
  readonly internetMessageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly subject: string;
  /** Epoch ms as its header says; null where it says nothing that can be read. */
  readonly date: number | null;
  readonly from: MailAddress | null;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** What they wrote this time, and what they quoted below it. */
  readonly text: string;
  readonly quoted: string;
  /** Sanitised; null where it has none. */
  readonly html: string | null;
  readonly hasRemoteContent: boolean;
  /** Why no program may answer it: RFC 3834 `Auto-Submitted`, a list, bulk, a null sender. */
  readonly automatic: 'autoReply' | 'autoGenerated' | 'list' | 'bounce' | null;
  /** Of a bounce: which mail of ours it is about, and what became of it. */
  readonly bounce: {
    readonly of: string | null;
    readonly recipient: string | null;
    readonly isPermanent: boolean;
    readonly why: string;
  } | null;
  /** Files it brings, lying unpacked in the folder that was given, each under `fileName`, which is ours. */
  readonly files: readonly ReadMailFile[];
  /** Files that were left out, and why; `textTooLong`, which has no name: the end of the text was. */
  readonly leftOut: readonly { readonly name: string; readonly why: 'tooLarge' | 'tooMany' | 'unreadable' | 'textTooLong' }[];
}

export interface ReadMailFile {
  readonly fileName: string;
  /** As the sender called it; never used for a path. */
  readonly name: string;
  /** By its first bytes, not by what it says of itself. */
  readonly mediaType: string;
  readonly bytes: number;
  readonly contentId: string | null;
  readonly isInline: boolean;
}

/** Why a mail cannot be taken apart. Its raw text is kept for somebody to look at. */
export type MailUnreadable = 'tooLarge' | 'tooDeep' | 'tooManyParts' | 'tooManyHeaders' | 'tookTooLong' | 'tookTooMuch' | 'broken';

/** `notNow` says nothing about the mail: whoever reads was stopped, or the disk does not do what it is asked. It is read again later. */
export type MailRead =
  | { readonly ok: true; readonly mail: ReadMail }
  | { readonly ok: false; readonly why: MailUnreadable; readonly text: string }
  | { readonly ok: false; readonly why: 'notNow' };

/** Takes mails apart where it can hurt nobody. Never rejects. */
export interface MailReader {
  read(rawFile: string, filesInto: string, signal: AbortSignal): Promise<MailRead>;
}

/** One who writes in a chat, as their browser's connection. Implemented by `channels/chat`; the stories speak to all their tabs at once. */
export interface ChatVisitors {
  /** To every connection of the conversation. */
  tell(conversationId: ConversationId, told: ToldToVisitor): void;
  /** Whether any tab of theirs is connected now. */
  isThere(conversationId: ConversationId): boolean;
}

export interface ChatLine {
  /** Counts up by one in each conversation, over both sides. */
  readonly seq: number;
  readonly messageId: string;
  readonly by: 'visitor' | 'agent' | 'system';
  /** Of an agent: the name customers see. */
  readonly name: string | null;
  /** Of `system`: a word for what happened, which the widget says in its language; else what was written. */
  readonly text: string;
  readonly at: number;
  readonly file: { readonly fileId: string; readonly name: string; readonly mediaType: string; readonly bytes: number } | null;
}

export type ToldToVisitor =
  | { readonly kind: 'line'; readonly line: ChatLine }
  | { readonly kind: 'typing'; readonly name: string }
  /** The agent has read up to this line. */
  | { readonly kind: 'read'; readonly seq: number }
  | { readonly kind: 'state'; readonly state: ChatState };

/** How a conversation stands, as its visitor sees it. `closed` asks for a rating where the site has one. */
export interface ChatState {
  readonly state: 'waiting' | 'withAgent' | 'closed';
  readonly agentName: string | null;
  /** How many wait before them; null where nobody counts. */
  readonly ahead: number | null;
  readonly mayRate: boolean;
}

/** What a visitor may do. Implemented by `flows/messages`; called by `channels/chat`, which has checked shape, size, rate and origin. */
export interface ChatHouse {
  /** What the widget of this site may show before anything is written; null: there is no such site, or it does not allow this origin. */
  site(siteId: string, origin: string | null): ChatSite | null;
  /**
   * Begins a conversation, or goes on with the one that the token names. The token is given once, at its beginning; we keep a digest of it.
   * Lines after `lastSeq` come with it.
   */
  open(request: {
    readonly siteId: string;
    readonly token: string | null;
    readonly lastSeq: number;
    readonly locale: Locale;
    /** What they typed in the form before the chat. */
    readonly form: {
      readonly name: string | null;
      readonly email: string | null;
      readonly phone: string | null;
      readonly topic: string | null;
    };
    /** The page they write from. */
    readonly page: { readonly url: string | null; readonly title: string | null };
  }): Promise<{
    readonly conversationId: ConversationId;
    /** New; null when the one they have holds. */
    readonly token: string | null;
    readonly lines: readonly ChatLine[];
    readonly state: ChatState;
  } | null>;
  /** `clientId` is the widget's own id of this message: told again, it is the same line. Resolves when stored; rejects when it is not. */
  write(conversationId: ConversationId, message: { readonly clientId: string; readonly text: string }): Promise<ChatLine>;
  sendFile(
    conversationId: ConversationId,
    file: { readonly clientId: string; readonly name: string; readonly content: AsyncIterable<Uint8Array> },
  ): Promise<ChatLine | 'tooLarge' | 'notAllowed'>;
  /** A file of this conversation, and of no other. */
  openFile(
    conversationId: ConversationId,
    fileId: string,
  ): Promise<{
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: number;
    readonly content: AsyncIterable<Uint8Array>;
  } | null>;
  typing(conversationId: ConversationId): void;
  read(conversationId: ConversationId, seq: number): Promise<void>;
  /** 1 to 5, and a word with it. Once a contact; the last one counts. */
  rate(conversationId: ConversationId, rating: { readonly score: number; readonly text: string }): Promise<void>;
  /** They are done. */
  leave(conversationId: ConversationId): Promise<void>;
  /** Nobody is there (closed hours): what they write is kept, and answered by mail. */
  leaveMessage(request: {
    readonly siteId: string;
    readonly locale: Locale;
    readonly name: string | null;
    readonly email: string;
    readonly text: string;
    readonly clientId: string;
  }): Promise<void>;
  /** The first tab has come, or the last has gone. */
  presenceChanged(conversationId: ConversationId, isThere: boolean): void;
}

export interface ChatSite {
  readonly siteId: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly welcome: { readonly en: string; readonly zh: string };
  /** `#rrggbb`. */
  readonly colour: string;
  readonly isOpen: boolean;
  readonly asks: { readonly name: boolean; readonly email: boolean; readonly phone: boolean; readonly topic: boolean };
  readonly allowedOrigins: readonly string[];
  readonly files: boolean;
  readonly rating: boolean;
}

/** A listener of `LineState`s. */
export interface MessageLines {
  states(): readonly LineState[];
  onChanged(listener: (state: LineState) => void): Disposable;
}
