import type { ContactRecord, ContactSummary, Note, TimelinePage } from '../../shared/contracts/contact.ts';
import type { AgentId, ContactId, InteractionId } from '../../shared/ids.ts';

export type TimelineFilter = 'all' | 'calls' | 'written' | 'work';

/** Reads and writes of the customer record. Implemented by `store/`; every method may reject (disk) and is called with a time limit. */
export interface ContactRepository {
  /** Everybody who has this identifier (E.164 number, or digits as received for extensions), most recently used first. */
  findByNumber(normalised: string, limit: number): Promise<readonly NumberMatch[]>;
  /** The whole record as the screen shows it, with its first timeline page; null when unknown. `at` decides what is due or overdue. */
  readRecord(contactId: ContactId, at: number): Promise<ContactRecord | null>;
  readTimeline(contactId: ContactId, before: number | null, limit: number, filter: TimelineFilter): Promise<TimelinePage>;
  /** How often this number (or anonymous callers, null) called since `since`. */
  callsSince(normalised: string | null, since: number): Promise<number>;
  /** The agent said who it is: links the interaction and teaches the identifier (last used now, verified stays as it was). */
  linkInteraction(interactionId: InteractionId, contactId: ContactId, normalised: string | null, at: number): Promise<void>;
  /** Whom this customer knows here: who had them last, and who looks after their company at the desk. */
  preferredAgents(contactId: ContactId): Promise<PreferredAgents>;
  addNote(contactId: ContactId, interactionId: InteractionId | null, author: string, text: string, at: number): Promise<Note>;
}

export interface PreferredAgents {
  /** `at`: epoch ms when that contact was over. */
  readonly lastAgent: { readonly agentId: AgentId; readonly at: number } | null;
  readonly accountManager: AgentId | null;
}

/** Somebody who has the number asked for. */
export type NumberMatch = ContactSummary & {
  readonly lastUsedAt: number | null;
  /** A switchboard or household line: that the number is theirs does not say that they are calling. */
  readonly isShared: boolean;
};

/** Text and numbers of an interaction: the erasable half. The event stream holds only ids. */
export interface InteractionRepository {
  /** Who called and what they dialled; written with the first event. */
  recordCaller(
    interactionId: InteractionId,
    caller: { readonly number: string | null; readonly presentedName: string | null; readonly dialled: string; readonly at: number },
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
  /** Today's figures of an agent, `since` epoch ms. */
  handledSince(agentId: AgentId, since: number): Promise<{ readonly handled: number; readonly averageHandlingMs: number | null }>;
}

export interface OpenInteraction {
  readonly interactionId: InteractionId;
  /** The events so far, in order. */
  readonly isEnded: boolean;
  readonly agentId: AgentId | null;
  readonly wrapUpEndsAt: number | null;
  /** The outcome the agent had chosen; stored already, though the wrap-up was not over. */
  readonly storedDisposition: string | null;
}
