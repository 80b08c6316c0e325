import type { ContactId, InteractionId } from '../../shared/ids.ts';
import type { InteractionEvent } from '../interactions/index.ts';

/** What happened before this bridge was started, from where it is kept. Implemented by `store/`. */
export interface EventHistory {
  /**
   * In the order of commit: all events of each interaction that had one since `since`, or is open still, so that each is told from its
   * beginning. A page of at most `limit`; `next` is where the following one starts, null after the last.
   */
  readEventsSince(since: number, from: number | null, limit: number): Promise<EventPage>;
}

export interface EventPage {
  readonly events: readonly InteractionEvent[];
  readonly next: number | null;
}

/** Who was behind an interaction, for those who may know. Implemented by `store/`. */
export interface ContactNames {
  /** Unknown ids are left out. */
  namesOf(interactionIds: readonly InteractionId[]): Promise<readonly ContactName[]>;
}

export interface ContactName {
  readonly interactionId: InteractionId;
  readonly contactId: ContactId | null;
  /** Name of the person, or the name or number that was presented; null when withheld. */
  readonly who: string | null;
}
