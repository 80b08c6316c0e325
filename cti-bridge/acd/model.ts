import type { NotReadyReason, Presence } from '../../shared/contracts/agent.ts';
import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import type { Reason } from '../../shared/contracts/queue.ts';
import type { AgentId, InteractionId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import type { ReservationState } from '../../shared/states/reservation.ts';
import type { SortedMap } from './sorted-map.ts';

/** The router's whole world, as plain data: it can be stored, compared and replayed. Times are epoch ms. */

export interface SkillNeed {
  readonly skill: string;
  readonly minLevel: number;
}

export interface Queue {
  readonly queueId: QueueId;
  readonly name: { readonly en: string; readonly zh: string };
  readonly needs: readonly SkillNeed[];
  /** Which strategy picks among the agents who qualify. */
  readonly strategy: 'longestIdle';
  /** How long an agent's phone rings: the lease of the reservation. */
  readonly ringTimeoutMs: number;
  /** After this many offers left to ring in a row the agent is set not ready (no answer). */
  readonly missesBeforeNotReady: number;
  readonly priority: number;
  readonly wrapUp: {
    readonly limitMs: number;
    readonly extendByMs: number;
    readonly maxExtensions: number;
    readonly defaultDisposition: string;
  };
}

export interface RouterAgent {
  readonly agentId: AgentId;
  readonly presence: Presence;
  readonly notReadyReason: NotReadyReason | null;
  /** The desktop's heartbeat and the phone's registration, both; a desk-phone agent has only the second. */
  readonly isReachable: boolean;
  readonly skills: Readonly<Record<string, number>>;
  readonly work:
    | { readonly state: 'idle'; readonly since: number }
    | { readonly state: 'reserved'; readonly reservationId: ReservationId; readonly since: number }
    | { readonly state: 'engaged'; readonly workItemId: WorkItemId; readonly since: number }
    | { readonly state: 'wrappingUp'; readonly workItemId: WorkItemId; readonly since: number };
  /** Offers left to ring in a row. Taking one, refusing one, or choosing a presence starts the count again. */
  readonly missedInARow: number;
  /** Contacts whose media failed since one last went well. Not the agent's doing, but after some the device is taken for broken. */
  readonly failedMediaInARow: number;
  /** Since when free for work: the agent's place in the line of the longest idle. Kept when an offer comes to nothing because the caller left. */
  readonly idleSince: number;
  /** When presence or work state, as others see them, last changed. */
  readonly changedAt: number;
  /** How often a presence was chosen: tells an offer made before the last choice from one made after it. */
  readonly presenceChoices: number;
  /** The queues whose needs this agent's skills meet. */
  readonly queueIds: readonly QueueId[];
}

/** An offer of this item that came to nothing: the agent is asked again last, and not before a rest or a newly chosen presence. */
export interface TriedAgent {
  readonly agentId: AgentId;
  readonly restsUntil: number;
  readonly presenceChoices: number;
}

export interface WaitingItem {
  readonly workItemId: WorkItemId;
  readonly interactionId: InteractionId;
  readonly queueId: QueueId;
  readonly priority: number;
  readonly queuedAt: number;
  /** The place in the order of arrival. Kept when an offer is missed: a returned item stands where it stood. */
  readonly place: number;
  /** Had an agent already and lost it through no doing of its own: stands before all others. */
  readonly isReturned: boolean;
  readonly tried: readonly TriedAgent[];
  /** How many offers went unanswered so far. */
  readonly missedOffers: number;
  readonly state: { readonly kind: 'pending' } | { readonly kind: 'reserved'; readonly reservationId: ReservationId };
}

export interface Reservation {
  /** `pending` while it lives in the router's state; decisions carry it in the state it ended in. */
  readonly state: ReservationState;
  readonly reservationId: ReservationId;
  readonly workItemId: WorkItemId;
  readonly interactionId: InteractionId;
  readonly agentId: AgentId;
  readonly queueId: QueueId;
  /** Rises with every reservation ever made. An acceptance with another number than the current one is refused. */
  readonly fencing: number;
  readonly offeredAt: number;
  /** The lease: whatever happens, the reservation is over then. */
  readonly expiresAt: number;
  readonly reasons: readonly Reason[];
}

/** Where an item stands in its queue: what returned first, then higher priority, then lower place. */
export type Place = Pick<WaitingItem, 'isReturned' | 'priority' | 'place' | 'queuedAt' | 'workItemId'>;

/** One queue with the orders in which the router looks at it. */
export interface QueueLine {
  readonly queue: Queue;
  /** All who wait, also those whose offer rings at this moment. */
  readonly waiting: SortedMap<Place, WorkItemId>;
  /** Those who have no offer. */
  readonly pending: SortedMap<Place, WorkItemId>;
  /** All who wait, by the moment they were queued. */
  readonly byWait: SortedMap<Place, WorkItemId>;
  /** Agents who are free and have the skills, longest idle first. */
  readonly free: SortedMap<IdlePlace, AgentId>;
}

export type IdlePlace = Pick<RouterAgent, 'idleSince' | 'agentId'>;

/** A moment at which time itself changes something: a lease ends, or a tried agent has rested. `id` is the reservation's or the work item's. */
export interface Deadline {
  readonly at: number;
  readonly kind: 'lease' | 'rest';
  readonly id: string;
}

/**
 * Plain immutable data in sorted maps (see `sorted-map.ts` for why). Read it through `views.ts`; only `route` makes a new one.
 * `items` are those waiting; an accepted one leaves, the agent's `work` carries it on and `assigned` says whose it is.
 */
export interface RouterState {
  readonly queues: SortedMap<QueueId, QueueLine>;
  readonly agents: SortedMap<AgentId, RouterAgent>;
  readonly items: SortedMap<WorkItemId, WaitingItem>;
  readonly reservations: SortedMap<ReservationId, Reservation>;
  readonly assigned: SortedMap<WorkItemId, AgentId>;
  readonly deadlines: SortedMap<Deadline, true>;
  readonly nextPlace: number;
  readonly nextFencing: number;
}

/** What happened in the world. */
export type RouterEvent =
  | { readonly type: 'queue:configured'; readonly queue: Queue }
  | { readonly type: 'agent:added'; readonly agentId: AgentId; readonly skills: Readonly<Record<string, number>> }
  | { readonly type: 'agent:presenceSet'; readonly agentId: AgentId; readonly presence: Presence; readonly reason: NotReadyReason | null }
  | { readonly type: 'agent:reachabilityChanged'; readonly agentId: AgentId; readonly isReachable: boolean }
  | {
      readonly type: 'item:queued';
      readonly workItemId: WorkItemId;
      readonly interactionId: InteractionId;
      readonly queueId: QueueId;
      readonly priority: number;
    }
  /** The customer left, or the work was taken elsewhere. */
  | { readonly type: 'item:gone'; readonly workItemId: WorkItemId }
  | { readonly type: 'reservation:accepted'; readonly reservationId: ReservationId; readonly fencing: number }
  /**
   * Ended without acceptance, with its one cause. `callerLeft` takes the item away; after any other cause it is offered on at once, so
   * on a shutdown tell of the items gone first.
   */
  | { readonly type: 'reservation:failed'; readonly reservationId: ReservationId; readonly cause: Exclude<ReservationCause, 'answered'> }
  /** An accepted item whose media never came up, or whose agent vanished: back to the front of its queue. */
  | {
      readonly type: 'item:returned';
      readonly agentId: AgentId;
      readonly workItemId: WorkItemId;
      readonly interactionId: InteractionId;
      readonly queueId: QueueId;
      readonly priority: number;
      readonly queuedAt: number;
    }
  | { readonly type: 'work:ended'; readonly agentId: AgentId; readonly workItemId: WorkItemId; readonly wrapsUp: boolean }
  | { readonly type: 'wrapUp:ended'; readonly agentId: AgentId; readonly workItemId: WorkItemId }
  /** Time has passed; leases are checked. */
  | { readonly type: 'tick' };

/** What the router wants done, each with its reasons. The flow performs it; the router has already noted it in its state. */
export type RouterDecision =
  | { readonly type: 'offer'; readonly reservation: Reservation }
  | { readonly type: 'accept'; readonly reservation: Reservation }
  /** An acceptance that came too late or for another reservation: the loser is told. */
  | { readonly type: 'refuseAcceptance'; readonly reservationId: ReservationId; readonly why: 'gone' | 'staleFencing' }
  | {
      readonly type: 'withdraw';
      readonly reservation: Reservation;
      readonly cause: Exclude<ReservationCause, 'answered'>;
      readonly countsAgainstAgent: boolean;
    }
  | { readonly type: 'setNotReady'; readonly agentId: AgentId; readonly reason: NotReadyReason }
  | { readonly type: 'agentChanged'; readonly agentId: AgentId }
  | { readonly type: 'queueChanged'; readonly queueId: QueueId }
  /** Send a `tick` no later than this. */
  | { readonly type: 'wakeAt'; readonly at: number };
