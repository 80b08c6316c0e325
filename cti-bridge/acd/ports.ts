import type { NotReadyReason, Presence } from '../../shared/contracts/agent.ts';
import type { RoutingStep } from '../../shared/contracts/queue.ts';
import type { AgentId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import type { RouterDecision, RouterEvent } from './model.ts';

/**
 * Who took which work item, kept where it outlives the bridge. The router already lets one agent win; the ledger makes it true between two
 * bridges, and across a restart.
 *
 *              accept    ─▶ accepted, once for a work item ── withdrawn, released ─▶ never again
 *   offered ─┤
 *              withdrawn, released ─▶ never again
 *
 * An acceptance wins if its own offer still stands and nobody has the item. With ring all several offers of an item stand at once and the
 * first acceptance wins. Calls take effect in the order in which they are made.
 */
export interface AcceptanceLedger {
  /** Stands from now on, before any later `accept` is judged. */
  offered(reservationId: ReservationId, workItemId: WorkItemId, fencing: number): void;
  /**
   * The offer came to nothing: an acceptance that names it comes too late, whoever sends it. One that was being written while the router's
   * lease ran out is taken back with it, so that the item can be offered on.
   */
  withdrawn(reservationId: ReservationId): void;
  /** One compare-and-set. Resolves when it is on disk, or from memory while the disk stalls and no other bridge can be there. */
  accept(acceptance: {
    readonly workItemId: WorkItemId;
    readonly reservationId: ReservationId;
    readonly agentId: AgentId;
    readonly fencing: number;
    readonly at: number;
  }): Promise<'won' | 'lost'>;
  /**
   * The item is nobody's again: its work has ended, it left, or it goes back to its queue. Every number given out for it so far is stale, so
   * say it before the router is told and makes the next offer.
   */
  released(workItemId: WorkItemId): void;
  /** At a start: nothing offered or accepted before holds any more. How many did. */
  releasedAll(): Promise<number>;
  /** The highest number ever offered, 0 if none was: the router counts on from there. */
  highestFencing(): Promise<number>;
}

/** What is worth keeping of a decision: the others only say who should look again, or when. */
export type LoggedDecision = Exclude<RouterDecision, { readonly type: 'agentChanged' | 'queueChanged' | 'wakeAt' }>;

/** One step of the router: what happened, when by the router's clock, and what it decided. Ids only, so that it survives the erasure of a person. */
export interface DecisionEntry {
  readonly at: number;
  readonly event: RouterEvent;
  readonly decisions: readonly LoggedDecision[];
}

/** Where the log has a hole: so many entries were not kept, because the disk stalled longer than memory could bear. */
export interface DecisionGap {
  readonly at: number;
  readonly missing: number;
}

/** Every event that changed the router's state, in order. Feed them through `route` again and the decisions are the same (`replay.ts`). */
export interface DecisionLog {
  /** Returns at once and never throws; written soon. Decisions that are not worth keeping are left out. */
  append(entry: { readonly at: number; readonly event: RouterEvent; readonly decisions: readonly RouterDecision[] }): void;
}

/** The log read back, what is not written yet included. Agents carry the name they have now; null when it was erased. */
export interface DecisionReader {
  /** What the router did with an item, oldest first. */
  stepsOf(workItemId: WorkItemId): Promise<readonly RoutingStep[]>;
  /** The latest `limit` steps of any items that concerned this agent, oldest first. */
  ofAgent(agentId: AgentId, limit: number): Promise<readonly RoutingStep[]>;
  /** Everything from `at` on, in order, in pages: a day of a large center is long. */
  since(at: number): AsyncIterable<DecisionEntry | DecisionGap>;
}

/** What an agent last chose, or was set to. */
export interface LastPresence {
  readonly agentId: AgentId;
  readonly presence: Presence;
  readonly reason: NotReadyReason | null;
  /** Epoch ms. */
  readonly at: number;
}

/** Implemented by `store/`, out of the events of the agents. */
export interface PresenceHistory {
  /** Whoever of these ever chose anything. */
  readLastPresences(agentIds: readonly AgentId[]): Promise<readonly LastPresence[]>;
}
