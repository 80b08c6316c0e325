import type { RulesTrial } from '../../../shared/contracts/messages/inbox.ts';
import type { MessageRule } from '../../../shared/contracts/messages/settings.ts';
import type { LoginFailure, Place } from '../../stores/index.ts';

/** What the administration asks of whoever speaks with the bridge. */
export interface AdminDeeds {
  /** Reads the configuration unless a draft is there already. */
  open(): Promise<void>;
  /** Throws the draft away and reads again. */
  discard(): Promise<void>;
  /** Asks the bridge what the draft would change and what is wrong with it. */
  review(): Promise<void>;
  save(note: string): Promise<void>;
  /** After a conflict: the newest revision with the draft's changes on it, reviewed again. */
  takeOverNewest(): Promise<void>;
  closeReview(): void;
  /** The newest revisions, or the next older ones. */
  readHistory(isMore: boolean): Promise<void>;
  undo(revision: number): Promise<void>;
  /** Null when it is set, otherwise why not. */
  setPassword(userId: string, password: string): Promise<LoginFailure | null>;
  /** What these rules would do with what came in during the last days; null where that cannot be said. */
  tryRules(rules: readonly MessageRule[], days: number): Promise<RulesTrial | null>;
  /** The answer to "leave with unsaved changes?". */
  leave(to: Place | 'signOut', isKept: boolean): Promise<void>;
}
