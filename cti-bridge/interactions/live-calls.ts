import type { AgentId, InteractionId, QueueId, WorkItemId } from '../../shared/ids.ts';
import type { VoiceCall } from './ports.ts';

/** What a bridge that starts after a crash needs to go on with a call of before. Kept while the call lives, and no longer. */
export interface StoredCall {
  readonly interactionId: InteractionId;
  readonly workItemId: WorkItemId;
  /** What the voice channel wrote of its legs, for it alone to read. */
  readonly legs: string;
  /** Who was talking to the customer, or was before the customer went back to the front of the queue. */
  readonly agentId: AgentId | null;
  /** Null while they were in the menu. */
  readonly queueId: QueueId | null;
  readonly priority: number;
  readonly locale: 'en' | 'zh';
  /** Epoch ms; null while they were in the menu. */
  readonly queuedAt: number | null;
  /** Epoch ms since when that agent has them; null when nobody has. */
  readonly talkingSince: number | null;
  readonly isHeld: boolean;
  /** JSON of the menu as it stands, and after it of what it found out, for the flows alone to read; null when there was none. */
  readonly menu: string | null;
}

/** Implemented by `store/`. Both writes go with the next flush that is due anyway, and are never waited for. */
export interface LiveCallRepository {
  save(call: StoredCall): Promise<void>;
  forget(interactionId: InteractionId): Promise<void>;
  /** Those whose end nobody wrote, in the order in which they were first written. */
  readAll(): Promise<readonly StoredCall[]>;
}

/** Writes calls down and makes them again. Implemented by `channels/voice`. */
export interface CallRestorer {
  /** Null while there is nothing to go on with: not answered yet, or over. */
  describe(call: VoiceCall): string | null;
  /**
   * The customer's side of a call of before: `answer` offers them new media, and resolves true when they took it. Agents' phones that were in
   * it are told that it is over for them. Null when what was written cannot be read, or no media can be had.
   */
  restore(legs: string): VoiceCall | null;
}
