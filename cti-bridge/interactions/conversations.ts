import type { Locale, Tier } from '../../shared/contracts/contact.ts';
import type { Composed, MessageView, OutgoingState } from '../../shared/contracts/messages/conversation.ts';
import type {
  AgentId,
  ContactId,
  ConversationId,
  InteractionId,
  MessageFileId,
  MessageId,
  QueueId,
  ReservationId,
  WorkItemId,
} from '../../shared/ids.ts';
import type { ArrivedText, DeliveryReceipt, MailAddress, MailboxMark, RawArrival, WrittenChannel } from './messages.ts';

/** Written contacts as they are kept: what arrived, the conversations they belong to, and what goes out. Times are epoch ms. */

/** Bytes that came in and wait to be read, or could not be. */
export interface KeptArrival extends Omit<RawArrival, 'content'> {
  readonly arrivalId: string;
  readonly bytes: number;
  /** Lower-case hex of its SHA-256: tells two different bodies under one name apart. */
  readonly digest: string;
}

export interface QuarantinedArrival extends KeptArrival {
  readonly why: string;
  readonly text: string;
}

export interface KeptText extends ArrivedText {
  readonly partId: string;
}

/** A conversation, on whichever channel. It outlives the interactions that are about it. */
export interface StoredConversation {
  readonly conversationId: ConversationId;
  readonly channel: WrittenChannel;
  readonly sourceId: string;
  /** Under which who writes is looked up: the address in small letters, E.164, the visitor; null where there is none. */
  readonly addressKey: string | null;
  /** As it came. */
  readonly address: string | null;
  readonly name: string | null;
  readonly subject: string | null;
  /** The card of the person it is known to be with. */
  readonly contactId: ContactId | null;
  readonly locale: Locale;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly lastSeq: number;
  /** Stands in the subject of our mails. */
  readonly threadToken: string | null;
  /** Of a chat: digest of what the visitor's browser keeps. */
  readonly tokenDigest: string | null;
  readonly page: string | null;
  /** How far the visitor, and whoever has it here, have read. */
  readonly visitorSeq: number;
  readonly agentSeq: number;
}

/** What is kept of a message beside what screens show. */
export interface StoredMessage extends MessageView {
  readonly interactionId: InteractionId | null;
  readonly agentId: AgentId | null;
  /** Of a mail: its Message-ID; of others null. */
  readonly internetId: string | null;
  /** Names it for whoever wrote it: told again, it is the same. */
  readonly clientId: string | null;
  /** Sanitised, opened apart. */
  readonly htmlText: string | null;
  /** Nobody wrote it: an automatic answer of ours, or one of theirs. */
  readonly isAutomatic: boolean;
}

/** A message before it has its place: `seq` is given as it is stored, its files lie under their ids already. */
export type NewMessage = Omit<StoredMessage, 'seq' | 'conversationId' | 'html'> & { readonly hasRemoteContent: boolean };

/** Written work that is not over. */
export interface StoredWork {
  readonly interactionId: InteractionId;
  readonly workItemId: WorkItemId;
  readonly conversationId: ConversationId;
  readonly queueId: QueueId;
  /** Null: the queue's own. */
  readonly priority: number | null;
  readonly needs: string | null;
  readonly tier: Tier | null;
  /** `queued`: nobody has it. */
  readonly state: 'queued' | 'open' | 'waiting' | 'snoozed';
  readonly agentId: AgentId | null;
  readonly reservationId: ReservationId | null;
  /** When it first came into a queue. */
  readonly queuedAt: number;
  readonly takenAt: number | null;
  /** To be answered by then. */
  readonly answerBy: number | null;
  readonly waitsSince: number | null;
  readonly snoozedUntil: number | null;
  readonly guestIds: readonly AgentId[];
  /** Of whoever handed it over. */
  readonly transfer: {
    readonly fromAgentId: string;
    readonly fromName: string;
    readonly reason: string;
    readonly note: string;
    readonly at: number;
  } | null;
  /** How many ms agents had it in hand so far. */
  readonly handledMs: number;
}

/** What a message of ours needs to leave; null fields are of the other channels. */
export interface OutboxEntry {
  readonly messageId: MessageId;
  readonly channel: 'email' | 'sms';
  readonly sourceId: string;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly internetId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly fileIds: readonly MessageFileId[];
  readonly isAutomatic: boolean;
  readonly attempts: number;
  /** Not before. */
  readonly nextAt: number;
}

export interface StoredFile {
  readonly fileId: MessageFileId;
  /** Of a message; null while it belongs to one that is being written. */
  readonly messageId: MessageId | null;
  readonly conversationId: ConversationId;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly digest: string;
  readonly contentId: string | null;
  readonly pages: number | null;
  readonly at: number;
}

export interface StoredDraft {
  readonly interactionId: InteractionId;
  readonly agentId: AgentId;
  readonly composed: Composed;
  readonly revision: number;
  readonly savedAt: number;
}

/** One unit of work: all of it is on disk, or nothing. */
export interface MessageIntake {
  /** New, or as it is from now on; `lastSeq` is the store's to say. */
  readonly conversation: StoredConversation;
  readonly message: NewMessage;
  readonly files: readonly StoredFile[];
  /** Mails by which answers to it are known. */
  readonly references: readonly { readonly internetId: string; readonly digest: string }[];
  /** Read and done with: its bytes stay under its id. */
  readonly arrivalId: string | null;
  readonly partIds: readonly string[];
  /** What stays of their words, in the same order; left out: all of them. */
  readonly partTexts?: readonly string[];
  readonly work: StoredWork | null;
  /** To be sent; null for all that comes in and for notes. */
  readonly outbox: OutboxEntry | null;
  /** The draft that it was is gone. */
  readonly endsDraftOf: InteractionId | null;
  /** The line on the customer's timeline that the contact begins with; null where it has one, or nobody knows whose. */
  readonly timeline: { readonly contactId: ContactId; readonly title: string; readonly detail: string } | null;
}

/** Implemented by `store/`. Every method may reject; what resolves is on disk. */
export interface ConversationRepository {
  keepArrival(arrival: KeptArrival): Promise<'kept' | 'known'>;
  isKnownArrival(channel: RawArrival['channel'], sourceId: string, onceKey: string): Promise<boolean>;
  /** In the order in which they came. */
  readNewArrivals(limit: number): Promise<readonly KeptArrival[]>;
  settleArrival(
    arrivalId: string,
    as:
      | { readonly state: 'new' }
      /** With the message that says the same, where there is one: they go together. */
      | { readonly state: 'discarded'; readonly messageId?: MessageId | null }
      | { readonly state: 'quarantined'; readonly why: string; readonly text: string },
  ): Promise<void>;
  readQuarantine(): Promise<readonly QuarantinedArrival[]>;
  keepText(text: KeptText): Promise<'kept' | 'known'>;
  /** Parts and whole ones that are in no message yet, in the order in which they came. */
  readNewTexts(): Promise<readonly KeptText[]>;
  /** The last that are in messages, in the order in which they came, each with its message. */
  readTakenTexts(limit: number): Promise<readonly (KeptText & { readonly messageId: MessageId })[]>;
  /** They are copies of what is in a message: kept by their keys, and in none. */
  settleCopies(partIds: readonly string[]): Promise<void>;
  /** Matched with what was sent, or kept until it is. The message it is about, if any. */
  keepReceipt(receipt: DeliveryReceipt, providerKey: string): Promise<MessageId | null>;
  readMark(mailboxId: string): Promise<MailboxMark | null>;
  writeMark(mailboxId: string, mark: MailboxMark): Promise<void>;

  /** The stored message; the one that was stored before where `clientId` of this conversation is known. */
  store(intake: MessageIntake): Promise<{ readonly message: StoredMessage; readonly isNew: boolean }>;
  /** One that we begin: without a message yet, and somebody's work. */
  begin(conversation: StoredConversation, work: StoredWork): Promise<void>;
  readConversation(conversationId: ConversationId): Promise<StoredConversation | null>;
  findByToken(tokenDigest: string): Promise<StoredConversation | null>;
  findByThreadToken(threadToken: string): Promise<StoredConversation | null>;
  /** Which conversations have mails of these Message-IDs; the newest first. */
  findByReferences(
    internetIds: readonly string[],
  ): Promise<readonly (StoredConversation & { readonly internetId: string; readonly digest: string })[]>;
  /** Of this address on this source, the newest. */
  findByAddress(channel: WrittenChannel, sourceId: string, addressKey: string): Promise<StoredConversation | null>;
  /** Newest first, before `beforeSeq`. */
  readMessages(conversationId: ConversationId, beforeSeq: number | null, limit: number): Promise<readonly StoredMessage[]>;
  readMessagesAfter(conversationId: ConversationId, afterSeq: number, limit: number): Promise<readonly StoredMessage[]>;
  readMessage(messageId: MessageId): Promise<StoredMessage | null>;
  findByInternetId(internetId: string): Promise<StoredMessage | null>;
  linkConversation(conversationId: ConversationId, contactId: ContactId): Promise<void>;
  seen(conversationId: ConversationId, by: 'visitor' | 'agent', seq: number): Promise<void>;

  addFile(file: StoredFile): Promise<void>;
  readFile(fileId: MessageFileId): Promise<StoredFile | null>;

  saveWork(work: StoredWork): Promise<void>;
  endWork(interactionId: InteractionId): Promise<void>;
  /** At a start: what somebody closed, or a visitor left, and a crash kept open is over; its outcome stands. How many. */
  endClosedWorks(): Promise<number>;
  /** All that is not over. */
  readWorks(): Promise<readonly StoredWork[]>;
  findWorkOf(conversationId: ConversationId): Promise<StoredWork | null>;

  /** A higher revision is stored; the very same under the same revision was stored already; anything else was overtaken. */
  saveDraft(
    draft: StoredDraft,
  ): Promise<{ readonly ok: true; readonly savedAt: number } | { readonly ok: false; readonly storedRevision: number }>;
  readDraft(interactionId: InteractionId): Promise<StoredDraft | null>;

  /** Those that are due, in their order, marked as being sent before anybody sends them. None overtakes what waits to go to the same people. */
  claimOutbox(now: number, limit: number): Promise<readonly OutboxEntry[]>;
  /** When the next is due; null: none waits. */
  nextOutboxAt(): Promise<number | null>;
  /** What waits, is on its way, or may have been sent, as it leaves; null once it is known what became of it. */
  readOutbox(messageId: MessageId): Promise<OutboxEntry | null>;
  /** How sending ended. `providerKeys` in the order of the parts. The message as it is now. */
  settleOutbox(
    messageId: MessageId,
    as:
      | {
          readonly state: Exclude<OutgoingState, 'queued' | 'sending' | 'withdrawn'>;
          readonly why: string | null;
          readonly providerKeys: readonly string[];
        }
      | { readonly state: 'queued'; readonly why: string | null; readonly nextAt: number },
    at: number,
  ): Promise<StoredMessage | null>;
  /** At a start: what was on its way then may have been sent. How many. */
  outboxLeftBehind(at: number): Promise<readonly StoredMessage[]>;
  /** Only from one of these states; null otherwise. */
  changeState(
    messageId: MessageId,
    from: readonly OutgoingState[],
    to: { readonly state: OutgoingState; readonly why: string | null },
    at: number,
  ): Promise<StoredMessage | null>;
  /** Sent text messages without a receipt since before then. */
  withoutReceipt(before: number, at: number): Promise<readonly StoredMessage[]>;

  /** True where none was sent to them since `since`; it counts as sent from now on. */
  mayAutoReply(sourceId: string, addressKey: string, since: number, at: number): Promise<boolean>;
  /** When a mail to this address last came back for good to one of these mailboxes; null: never, or there is a sign since that mail reaches them. */
  cameBackAt(mailboxIds: readonly string[], addressKey: string, now: number): Promise<number | null>;
  isStopped(lineId: string, addressKey: string): Promise<boolean>;
  setStopped(lineId: string, addressKey: string, isStopped: boolean, at: number): Promise<void>;
  /** What came in since then, as rules judge it. */
  readIncomingSince(
    since: number,
    limit: number,
  ): Promise<
    readonly {
      readonly at: number;
      readonly channel: WrittenChannel;
      readonly sourceId: string;
      readonly from: string;
      readonly subject: string;
      readonly text: string;
      readonly tier: Tier | null;
    }[]
  >;
}

/** Bytes of what arrived and of files, each under an id of ours. Implemented by `store/`. */
export interface MessageFiles {
  /** Whole on disk, or nothing of it. `tooLarge` past `limit` bytes. */
  write(
    kind: 'arrivals' | 'files',
    id: string,
    content: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<{ readonly bytes: number; readonly digest: string; readonly head: Uint8Array } | 'tooLarge'>;
  open(kind: 'arrivals' | 'files', id: string): Promise<{ readonly bytes: number; readonly content: AsyncIterable<Uint8Array> } | null>;
  /** Where it lies, for a reader in another process. */
  path(kind: 'arrivals' | 'files', id: string): string;
  /** What lies in a work folder becomes the file of this id. */
  adopt(id: string, path: string): Promise<{ readonly bytes: number; readonly digest: string }>;
  /** A new empty folder for what is taken apart; gone with `done`. */
  workFolder(): Promise<{ readonly folder: string; done(): Promise<void> }>;
  remove(kind: 'arrivals' | 'files', id: string): Promise<void>;
}
