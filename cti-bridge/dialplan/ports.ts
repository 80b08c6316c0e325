import type { AgentId, InteractionId } from '../../shared/ids.ts';

/** A call out that counted, before this bridge was started. */
export interface BegunCall {
  readonly agentId: AgentId;
  /** Epoch ms. */
  readonly at: number;
  /** As it was kept; null when nobody keeps it. */
  readonly number: string | null;
}

/** Implemented by `store/`. */
export interface CallsOutHistory {
  /** What agents called, or asked into a call, since then; oldest first. Calls back that were promised are not among them. */
  readCallsOutSince(since: number): Promise<readonly BegunCall[]>;
  /** Which of these are calls that an agent dialled, or parts of one; calls back that were promised are none. */
  readCallsOutAmong(
    interactionIds: readonly InteractionId[],
  ): Promise<readonly { readonly interactionId: InteractionId; readonly number: string | null }[]>;
}
