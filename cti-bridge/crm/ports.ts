import type { ContactRecord, Note, TimelinePage } from '../../shared/contracts/contact.ts';
import type { AgentId, ContactId, ConversationId, InteractionId } from '../../shared/ids.ts';
import type { Author, CustomerScope } from './customer-store.ts';
import type { Identified } from './resolve/identification.ts';
import type { Arrival } from './resolve/resolve.ts';

export type TimelineFilter = 'all' | 'calls' | 'written' | 'work';

/** Reads and writes of the customer record. Implemented by `store/`; every method may reject (disk) and is called with a time limit. */
export interface ContactRepository {
  /** Who it is by what they arrive with, and the whole record where that is certain: all that a pop needs, in one read. */
  identify(arrival: Arrival, at: number): Promise<Identified>;
  /** The whole record as the screen shows it, with its first timeline page; null when unknown or out of scope. `at` decides what is due or overdue. */
  readRecord(contactId: ContactId, at: number, scope: CustomerScope): Promise<ContactRecord | null>;
  /** The same of whom somebody has in hand, with all the ids that lead to them. */
  readPerson(contactId: ContactId, at: number): Promise<{ readonly record: ContactRecord; readonly cardIds: readonly string[] } | null>;
  /** Empty for who is unknown or out of scope. */
  readTimeline(
    contactId: ContactId,
    before: number | null,
    limit: number,
    filter: TimelineFilter,
    scope: CustomerScope,
  ): Promise<TimelinePage>;
  /**
   * How often this number (or anonymous callers, null) called from each of these moments until just before `before`. By the index alone:
   * they may be many.
   */
  callsSince(normalised: string | null, since: readonly number[], before: number): Promise<readonly number[]>;
  /**
   * The agent said who it is: links the interaction, and teaches the identifier to the card that holds it or else to the one chosen. Last
   * used is now, verified stays as it was; of a line that is known to be shared only the use is taught. Said again of another person, what
   * was taught first is taken back. Null when there is nobody of this id.
   */
  linkInteraction(link: InteractionLink): Promise<LinkedCards | null>;
  /** Whom this customer knows here: who had them last, and who looks after their company at the desk. */
  preferredAgents(contactId: ContactId): Promise<PreferredAgents>;
  addNote(contactId: ContactId, interactionId: InteractionId | null, author: string, text: string, at: number): Promise<Note>;
}

export interface PreferredAgents {
  /** `at`: epoch ms when that contact was over. */
  readonly lastAgent: { readonly agentId: AgentId; readonly at: number } | null;
  readonly accountManager: AgentId | null;
}

/** Who an interaction is with, as the agent said. */
export interface InteractionLink {
  readonly interactionId: InteractionId;
  /** Any id of the person. */
  readonly contactId: ContactId;
  /** What they arrived with, as the key it is stored under. */
  readonly taught: { readonly kind: Arrival['kind']; readonly key: string } | null;
  readonly author: Author;
  readonly at: number;
}

export interface LinkedCards {
  /** Where the interaction, its notes and its cases go. */
  readonly cardId: string;
  readonly cardIds: readonly string[];
}

/** Text and numbers of an interaction: the erasable half. The event stream holds only ids. */
export interface InteractionRepository {
  /** Who called and what they dialled; written with the first event. */
  recordCaller(
    interactionId: InteractionId,
    caller: {
      /** As received. */
      readonly number: string | null;
      /** `numberKey` of it, under which calls of one number are found. */
      readonly key: string | null;
      readonly presentedName: string | null;
      readonly dialled: string;
      readonly at: number;
      /** We called them, from this conversation in writing: the line of the call on their timeline opens it. */
      readonly begunIn?: ConversationId;
    },
  ): Promise<void>;
  /** Stores the draft if `revision` is higher than the stored one; the same revision again is the same action. Resolves when on disk. */
  saveDraft(
    interactionId: InteractionId,
    agentId: AgentId,
    text: string,
    revision: number,
    at: number,
  ): Promise<{ readonly ok: true; readonly savedAt: number } | { readonly ok: false; readonly storedRevision: number }>;
  readDraft(interactionId: InteractionId): Promise<{ readonly text: string; readonly revision: number; readonly savedAt: number } | null>;
  /** The closing: disposition, final note (empty: the draft stays a draft), timeline entry on the contact, handling time. One unit of work. */
  complete(closing: {
    readonly interactionId: InteractionId;
    /** `call` where nothing is said. */
    readonly kind?: 'email' | 'sms' | 'chat' | 'document';
    /** Of what came in writing. */
    readonly conversationId?: ConversationId;
    readonly agentId: AgentId | null;
    readonly agentName: string;
    readonly contactId: ContactId | null;
    readonly title: { readonly en: string; readonly zh: string };
    readonly dispositionCode: string;
    readonly isAutomatic: boolean;
    readonly note: string;
    readonly handlingMs: number;
    readonly at: number;
  }): Promise<void>;
  /** Interactions whose events do not end yet, after a crash or a stop. */
  readOpen(): Promise<readonly OpenInteraction[]>;
}

export interface OpenInteraction {
  readonly interactionId: InteractionId;
  /** The events so far, in order. */
  readonly isEnded: boolean;
  readonly agentId: AgentId | null;
  readonly wrapUpEndsAt: number | null;
  /** The outcome the agent had chosen; stored already, though the wrap-up was not over. */
  readonly storedDisposition: string | null;
  /** A call from a conversation in writing. */
  readonly begunIn?: ConversationId;
}
