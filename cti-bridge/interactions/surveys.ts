import type { Locale } from '../../shared/contracts/contact.ts';
import type { AgentId, ContactId, ConversationId, InteractionId, QueueId } from '../../shared/ids.ts';
import type { StoredConversation } from './conversations.ts';

/** What customers are asked after a contact, and what they answer. Times are epoch ms. */

/** A contact that is over, as far as a survey asks about it. */
export interface SurveySubject {
  readonly channel: 'voice' | 'email' | 'sms' | 'chat' | 'document';
  readonly queueId: QueueId | null;
  readonly agentId: AgentId | null;
  readonly contactId: ContactId | null;
  /** Of a call: E.164. */
  readonly number: string | null;
  /** Of a written contact. */
  readonly conversation: StoredConversation | null;
  /** Of a mail: what an answer to it refers to. */
  readonly internetId: string | null;
  /** No person wrote: what came in came from programs alone. */
  readonly isAutomatic: boolean;
}

/** Somebody is to be asked, or was. */
export interface StoredSurvey {
  readonly interactionId: InteractionId;
  /** Which of the surveys that are set up asks. */
  readonly surveyId: string;
  readonly by: 'email' | 'sms';
  /** The mailbox or the line. */
  readonly sourceId: string;
  /** Whom: an address in small letters, or E.164. */
  readonly addressKey: string;
  readonly conversationId: ConversationId | null;
  readonly contactId: ContactId | null;
  readonly queueId: QueueId | null;
  readonly agentId: AgentId | null;
  readonly locale: Locale;
  readonly dueAt: number;
  /** Nobody guesses it: whoever has it may answer once, until it is too old. */
  readonly token: string;
  /** Null: not sent yet. */
  readonly sentAt: number | null;
}

export interface SurveyAnswer {
  /** 1 to `highest`. */
  readonly score: number;
  readonly highest: number;
  readonly text: string;
  readonly at: number;
}

/** Somebody's answer, as far as its event says it. */
export interface GivenAnswer {
  readonly interactionId: InteractionId;
  readonly by: 'email' | 'sms' | 'widget';
  readonly score: number;
  readonly highest: number;
  readonly queueId: QueueId | null;
  readonly agentId: AgentId | null;
}

/** Implemented by `store/`. Every method may reject; what resolves is on disk. */
export interface SurveyRepository {
  /** Null: nothing is known of it. */
  readSubject(interactionId: InteractionId): Promise<SurveySubject | null>;
  /** False: this contact is asked about already, or this person or address was asked since `since`. */
  plan(survey: StoredSurvey, since: number): Promise<boolean>;
  /**
   * The newest contacts that an agent has completed since `since` and that nobody is, was or will be asked about: a stop may have come between
   * the two. Most of them were not to be asked about.
   */
  readUnasked(
    since: number,
    limit: number,
  ): Promise<readonly { readonly interactionId: InteractionId; readonly at: number; readonly dispositionCode: string }[]>;
  /** The newest answers since `since` by text, link or widget whose event does not stand among the events, or stands there as it was before. */
  readUntold(since: number, limit: number): Promise<readonly GivenAnswer[]>;
  readDue(now: number, limit: number): Promise<readonly StoredSurvey[]>;
  /** When the next is due; null: none waits. */
  nextDueAt(): Promise<number | null>;
  /** What became of one that was due. `why` is for whoever looks into the store. */
  settle(
    interactionId: InteractionId,
    as: { readonly state: 'sent' } | { readonly state: 'dropped'; readonly why: string },
    at: number,
  ): Promise<void>;
  /** Sent, whether answered or not. */
  findByToken(token: string): Promise<(StoredSurvey & { readonly isAnswered: boolean }) | null>;
  /** By text message on this line to this number, sent since `since` and not answered, or answered by this very message; the newest. */
  findAsked(lineId: string, addressKey: string, since: number, answeredBy: string): Promise<StoredSurvey | null>;
  /** By text message on this line from this number, with a number and no word yet but this; asked since `since`; the newest. */
  findWordless(lineId: string, addressKey: string, since: number, text: string): Promise<StoredSurvey | null>;
  /** Adds the word to an answer that has none. False: it has another. */
  comment(interactionId: InteractionId, text: string): Promise<boolean>;
  /** Once: false where it was answered before, unless by the very same. `answeredBy` names what brought it. */
  answer(interactionId: InteractionId, answer: SurveyAnswer, answeredBy: string): Promise<boolean>;
  /** Of a chat, in its widget: the last one counts. Who had it, where it was. */
  rate(interactionId: InteractionId, answer: SurveyAnswer): Promise<{ readonly queueId: QueueId | null; readonly agentId: AgentId | null }>;
}

/** What somebody sees who follows a link to a survey. Implemented by `flows/messages`; called by `channels/survey`. */
export interface SurveyHouse {
  /** Null: no such link. */
  open(token: string): Promise<SurveyPage | null>;
  answer(token: string, score: number, text: string): Promise<SurveyPage | null>;
}

export interface SurveyPage {
  readonly state: 'open' | 'answered' | 'expired';
  readonly locale: Locale;
  readonly organisation: string;
  readonly question: string;
  /** Empty: no room for a word. */
  readonly comment: string;
  readonly thanks: string;
  readonly highest: number;
}
