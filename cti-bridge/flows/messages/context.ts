import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { Reservation } from '../../acd/index.ts';
import type { ChatVisitors, ConversationRepository, MessageFiles, MessageRules, SurveyRepository } from '../../interactions/index.ts';
import type { StoryContext } from '../context.ts';
import type { LiveWork, LiveWorks } from './live-work.ts';

/** What the stories of written contacts are given beside what every story is. */
export interface MessageContext
  extends Pick<
    StoryContext,
    | 'clock'
    | 'ids'
    | 'log'
    | 'recorder'
    | 'routing'
    | 'agents'
    | 'desktops'
    | 'contacts'
    | 'interactions'
    | 'organisation'
    | 'scope'
    | 'today'
  > {
  readonly conversations: ConversationRepository;
  readonly surveys: SurveyRepository;
  readonly files: MessageFiles;
  readonly visitors: ChatVisitors;
  readonly works: LiveWorks;
  configuration(): Configuration;
  /** As they are set up now. */
  rules(): MessageRules;
  /** Lower-case hex of SHA-256. */
  digestOf(text: string): string;
  /** HTML without anything that could act. */
  sanitise(html: string): Promise<string>;
  /** Somebody took it: in their hands when it resolves. */
  takeInHand(work: LiveWork, reservation: Reservation): Promise<void>;
  /** To whoever has it. */
  tellWork(work: LiveWork): void;
  /** Something is to be sent now. */
  wakeOutbox(): void;
}

/** Promises to somebody who waits, in ms, and sizes in bytes. */
export const messageLimits = {
  /** No acknowledgement of the pop within this: the desktop is not there. */
  popDelivery: 2_000,
  /** A chat whose agent's desktop is gone for so long waits again, before all others. */
  agentReturn: 45_000,
  /** A text message without a receipt after this has none. */
  receipt: 24 * 3_600_000,
  /** One automatic answer to a sender in this time (RFC 3834 section 2). */
  autoReplyEvery: 24 * 3_600_000,
  /** A mail larger than this is not taken. */
  mailBytes: 50 * 1024 * 1024,
  documentBytes: 50 * 1024 * 1024,
  /** One file of a message that is being written, or that comes by chat. */
  fileBytes: 25 * 1024 * 1024,
  chatFileBytes: 10 * 1024 * 1024,
  /** Waits between two tries of a message that could not leave: 10 s, doubled up to an hour. */
  retryFirst: 10_000,
  retryLongest: 3_600_000,
  /** Up to this where its whole line cannot send: it may be back at any time, and asks its server itself no oftener than is due. */
  lineRetryLongest: 300_000,
  /** What could not leave so long after it was written never will. */
  giveUpAfter: 24 * 3_600_000,
  /** How long a message stays takable back. */
  undo: 5_000,
} as const;
