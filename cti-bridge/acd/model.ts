import type { NotReadyReason, Presence } from '../../shared/contracts/agent.ts';
import type { CapacityProfile, QueueChannel, QueueConfiguration, StrategyName, WrapUpMode } from '../../shared/contracts/configuration.ts';
import type { Tier } from '../../shared/contracts/contact.ts';
import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import type { Reason } from '../../shared/contracts/queue.ts';
import type { AgentId, InteractionId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import type { SkillExpression } from '../../shared/skill-expression.ts';
import type { ReservationState } from '../../shared/states/reservation.ts';
import type { SortedMap } from './sorted-map.ts';

/** The router's whole world, as plain data: it can be stored, compared and replayed. Times are epoch ms. */

/** Whom a queue asks for from some moment of waiting on. Ring 0 asks from the start; whoever met an earlier ring meets every later one. */
export interface Ring {
  readonly afterMs: number;
  readonly needs: SkillExpression;
}

/** What becomes of somebody the queue cannot keep. */
export type QueueDiversion =
  | { readonly to: 'queue'; readonly queueId: QueueId }
  | { readonly to: 'announce'; readonly prompt: string }
  | { readonly to: 'callback' }
  | { readonly to: 'voicemail' };

/** A queue as the router needs it: times in ms, expressions parsed. Made from its configuration by `queueFrom`. */
export interface Queue {
  readonly queueId: QueueId;
  readonly name: { readonly en: string; readonly zh: string };
  readonly channel: QueueChannel;
  readonly rings: readonly [Ring, ...Ring[]];
  /** The skills its first ring names. */
  readonly skillNames: readonly string[];
  readonly strategy: StrategyName;
  /** How long an agent's phone rings: the lease of the reservation. */
  readonly ringTimeoutMs: number;
  /** After this many offers left to ring in a row the agent is set not ready (no answer). */
  readonly missesBeforeNotReady: number;
  readonly priority: number;
  /** Waiting this long counts as one point of priority; null: never. */
  readonly ageingMsPerPoint: number | null;
  readonly serviceLevel: { readonly targetPercent: number; readonly thresholdMs: number };
  readonly maxWaiting: number | null;
  readonly maxWaitMs: number | null;
  readonly overflow: { readonly afterMs: number; readonly queueId: QueueId } | null;
  readonly whenClosed: QueueDiversion;
  readonly whenFull: QueueDiversion;
  readonly whenWaitedTooLong: QueueDiversion;
  readonly announcements: { readonly everyMs: number | null; readonly position: boolean; readonly expectedWait: boolean };
  readonly callbackAfterMs: number | null;
  /** When those who wait are told that they may leave a message; null: never. */
  readonly voicemailAfterMs: number | null;
  readonly lastAgent: { readonly waitMs: number; readonly withinDays: number } | null;
  readonly accountManager: { readonly waitMs: number } | null;
  readonly bypassTiers: readonly Tier[];
  readonly wrapUp: {
    readonly mode: WrapUpMode;
    readonly limitMs: number;
    readonly extendByMs: number;
    readonly maxExtensions: number;
    readonly defaultDisposition: string;
  };
}

/** One piece of work an agent has, or is being asked to take. */
export interface Work {
  readonly workItemId: WorkItemId;
  readonly interactionId: InteractionId;
  readonly queueId: QueueId;
  readonly channel: QueueChannel;
  readonly state: 'reserved' | 'engaged' | 'wrappingUp';
  /** Of the offer it came by. */
  readonly reservationId: ReservationId;
  /** Since when in this state. */
  readonly since: number;
  /** When the agent took it; null while it is only offered. */
  readonly acceptedAt: number | null;
}

/** What an administrator or a supervisor set up about an agent. */
export interface AgentSettings {
  readonly skills: Readonly<Record<string, number>>;
  readonly capacity: CapacityProfile['channels'];
  readonly teamId: string | null;
  readonly orgUnitId: string | null;
  readonly leftQueueIds: readonly QueueId[];
  readonly weight: number;
}

export interface Membership {
  readonly queueId: QueueId;
  /** The first ring whose needs they meet. */
  readonly ring: number;
}

export interface RouterAgent {
  readonly agentId: AgentId;
  readonly settings: AgentSettings;
  readonly presence: Presence;
  readonly notReadyReason: NotReadyReason | null;
  /** For calls: the desktop's heartbeat and the phone's registration, both; a desk-phone agent has only the second. */
  readonly isReachable: boolean;
  /** For what is written: the desktop alone. */
  readonly isAtDesktop: boolean;
  /** Listening in or helping: takes no work. */
  readonly isSupervising: boolean;
  /** Oldest first. */
  readonly works: readonly Work[];
  /** Offers left to ring in a row. Taking one, refusing one, or choosing a presence starts the count again. */
  readonly missedInARow: number;
  /** Contacts whose media failed since one last went well. Not the agent's doing, but after some the device is taken for broken. */
  readonly failedMediaInARow: number;
  readonly lastMissed: { readonly at: number; readonly cause: ReservationCause } | null;
  /** Since when without work: the agent's place in the line of the longest idle. Kept when an offer comes to nothing because the caller left. */
  readonly idleSince: number;
  /** When presence or work state, as others see them, last changed. */
  readonly changedAt: number;
  /** How often they chose a presence or could be reached again: tells an offer made before the last time from one made after it. */
  readonly freshStarts: number;
  readonly memberships: readonly Membership[];
  /** Where a queue deals out work in turn or by weight: this agent's turn in it. Only queues they were offered work in. */
  readonly turns: Readonly<Record<string, number>>;
}

/** An offer of this item that came to nothing: the agent is asked again last, and not before a rest or a fresh start. */
export interface TriedAgent {
  readonly agentId: AgentId;
  readonly restsUntil: number;
  readonly freshStarts: number;
}

/** The agent an item waits for before it is anybody's. */
export interface PreferredAgent {
  readonly agentId: AgentId;
  /** `agreed`: they said that they will call the customer themselves. */
  readonly kind: 'lastAgent' | 'accountManager' | 'agreed';
  readonly until: number;
  /** They were at work when the bridge went down, and are worth waiting for before they are back. */
  readonly isExpected?: boolean;
}

/** Whom to wait for. `waitMs` is for `agreed` alone, of which a part may be over; of the others the queue says it. */
export type Preference = Omit<PreferredAgent, 'until'> & { readonly waitMs?: number };

export interface WaitingItem {
  readonly workItemId: WorkItemId;
  readonly interactionId: InteractionId;
  readonly queueId: QueueId;
  readonly priority: number;
  readonly tier: Tier | null;
  /** Whom it asks for beside what its queue does, wherever it waits; absent: for nobody more. */
  readonly needs?: SkillExpression;
  /** The caller went home and keeps the place. */
  readonly isCallback: boolean;
  readonly queuedAt: number;
  /** When it came into this queue: later than `queuedAt` after an overflow. */
  readonly enteredAt: number;
  /** The place in the order of arrival. Kept when an offer is missed: a returned item stands where it stood. */
  readonly place: number;
  /** `returned`: had an agent already and lost it through no doing of its own. `bypass`: a tier the queue lets pass. */
  readonly rank: 'returned' | 'bypass' | 'usual';
  readonly ring: number;
  /** Null when there is none, or when their time is over. */
  readonly preferred: PreferredAgent | null;
  /** Whom to wait for after `preferred`. */
  readonly preferences: readonly Preference[];
  readonly tried: readonly TriedAgent[];
  /** How many offers went unanswered so far. */
  readonly missedOffers: number;
  /** Pending offers of it; several with ring all, none while it only waits. */
  readonly reservationIds: readonly ReservationId[];
  /** The queues it has been in, this one last: it never goes back. */
  readonly queueIds: readonly QueueId[];
  /** When time next changes something for it; its deadline. */
  readonly wakesAt: number | null;
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
  /** Who asked for this agent by name, null for a supervisor. Absent when the item stands in a queue; one that is asked for stands in none. */
  readonly askedBy?: AgentId | null;
}

/** Where an item stands in its queue: `rank` first, then `score` (priority and arrival), then `place`. */
export interface Place {
  readonly rank: 0 | 1 | 2;
  readonly score: number;
  readonly place: number;
  readonly queuedAt: number;
  readonly workItemId: WorkItemId;
}

/** Where an agent stands among those free for a queue: by what its strategy weighs, then the longest idle. */
export interface FreePlace {
  readonly rank: number;
  readonly idleSince: number;
  readonly agentId: AgentId;
}

/** One queue with the orders in which the router looks at it. */
export interface QueueLine {
  readonly queue: Queue;
  /** Inside its opening hours. */
  readonly isOpen: boolean;
  /** All who wait, also those whose offer rings at this moment. */
  readonly waiting: SortedMap<Place, WorkItemId>;
  /** All who wait, by the moment they were queued. */
  readonly byWait: SortedMap<Place, WorkItemId>;
  /** By ring: those who have no offer and wait for nobody in particular. */
  readonly pending: readonly SortedMap<Place, WorkItemId>[];
  /** By the first ring they meet: agents who could take one of its items now. */
  readonly free: readonly SortedMap<FreePlace, AgentId>[];
  /** Agents who qualify in any ring, by id. */
  readonly members: SortedMap<AgentId, number>;
  /** How many of those are at work: they have something in hand or could be given something. */
  readonly serving: number;
  /** Contacts finished here and their mean handling (ms, exponentially weighted): what the expected wait is made of. */
  readonly handling: { readonly count: number; readonly averageMs: number };
  /** The turn that was dealt out last, where the strategy deals. */
  readonly turn: number;
}

/** A moment at which time itself changes something: a lease ends, or an item rests, widens, overflows. `id` is the reservation's or the work item's. */
export interface Deadline {
  readonly at: number;
  readonly kind: 'lease' | 'item';
  readonly id: string;
}

/**
 * Plain immutable data in sorted maps (see `sorted-map.ts` for why). Read it through `views.ts`; only `route` makes a new one.
 * `items` are those waiting; an accepted one leaves, the agent's `works` carry it on and `assigned` says whose it is.
 */
export interface RouterState {
  /** Names this run, so that reservation ids are unique and yet no chance is in them. */
  readonly runId: string;
  readonly queues: SortedMap<QueueId, QueueLine>;
  readonly agents: SortedMap<AgentId, RouterAgent>;
  readonly items: SortedMap<WorkItemId, WaitingItem>;
  readonly reservations: SortedMap<ReservationId, Reservation>;
  readonly assigned: SortedMap<WorkItemId, AgentId>;
  /** Items that wait for one agent. */
  readonly heldFor: SortedMap<AgentId, SortedMap<Place, WorkItemId>>;
  readonly deadlines: SortedMap<Deadline, true>;
  readonly nextPlace: number;
  readonly nextFencing: number;
}

/** What happened in the world. Plain JSON: the log of these, fed through `route` again, gives the same decisions. */
export type RouterEvent =
  /** Once, first. `nextFencing` above every number ever given out. */
  | { readonly type: 'router:started'; readonly runId: string; readonly nextFencing: number }
  | { readonly type: 'queue:configured'; readonly queue: QueueConfiguration }
  /** No longer set up. What waits in it moves to `to`, or is diverted as from a closed queue. */
  | { readonly type: 'queue:removed'; readonly queueId: QueueId; readonly to: QueueId | null }
  | { readonly type: 'queue:hours'; readonly queueId: QueueId; readonly isOpen: boolean }
  /** Also for one already known: presence and work stay as they are. */
  | { readonly type: 'agent:configured'; readonly agentId: AgentId; readonly settings: AgentSettings }
  /** Offers are withdrawn; what they have in hand they keep until it ends. */
  | { readonly type: 'agent:removed'; readonly agentId: AgentId }
  | { readonly type: 'agent:presenceSet'; readonly agentId: AgentId; readonly presence: Presence; readonly reason: NotReadyReason | null }
  /** `isAtDesktop` absent: as `isReachable`. */
  | {
      readonly type: 'agent:reachabilityChanged';
      readonly agentId: AgentId;
      readonly isReachable: boolean;
      readonly isAtDesktop?: boolean;
    }
  | { readonly type: 'agent:supervising'; readonly agentId: AgentId; readonly isSupervising: boolean }
  | {
      readonly type: 'item:queued';
      readonly workItemId: WorkItemId;
      readonly interactionId: InteractionId;
      readonly queueId: QueueId;
      /** Null: the queue's own. */
      readonly priority: number | null;
      readonly tier: Tier | null;
      /** In the order in which to wait for them; used as far as the queue's settings allow, but for `agreed`, which allows itself. */
      readonly preferences: readonly Preference[];
      /** What waited before a restart has waited since then. Absent: from now on. */
      readonly queuedAt?: number;
      /** Nobody is on the line, and they are called: a queue that is closed keeps it, too. */
      readonly isCallback?: boolean;
      /** An expression that the agent must meet beside what the queue asks for. */
      readonly needs?: string;
    }
  /**
   * A colleague has a contact and asks for this agent by name: offered to them and to nobody else, past every queue, also when they chose
   * not to be ready. Comes to nothing at once, without a decision, when they are out of reach, signed out, or have no room.
   */
  | {
      readonly type: 'agent:asked';
      readonly agentId: AgentId;
      /** Null: a supervisor gives it, also out of the queue in which it waits or is offered to others. */
      readonly by: AgentId | null;
      readonly workItemId: WorkItemId;
      readonly interactionId: InteractionId;
      /** Whose settings hold for the ring and the wrap-up. */
      readonly queueId: QueueId;
      /** They had it before a restart, and have it again whether they are back yet or not. */
      readonly isTheirs?: true;
    }
  /** The customer left, or the work was taken elsewhere. */
  | { readonly type: 'item:gone'; readonly workItemId: WorkItemId }
  /** A supervisor gave it another priority, or another queue. */
  | { readonly type: 'item:changed'; readonly workItemId: WorkItemId; readonly priority: number | null; readonly queueId: QueueId | null }
  /** The caller hung up and is called back: the place stays. */
  | { readonly type: 'item:callback'; readonly workItemId: WorkItemId }
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
      readonly needs?: string;
      /** Says whether the agent's device is to blame; a supervisor's release is nobody's fault. */
      readonly isDeviceFault: boolean;
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
  /** The search was widened to this ring. */
  | {
      readonly type: 'widen';
      readonly workItemId: WorkItemId;
      readonly interactionId: InteractionId;
      readonly queueId: QueueId;
      readonly ring: number;
      readonly reasons: readonly Reason[];
    }
  /** It waits in another queue now, at the place of its arrival. */
  | {
      readonly type: 'move';
      readonly workItemId: WorkItemId;
      readonly interactionId: InteractionId;
      readonly from: QueueId;
      readonly to: QueueId;
      readonly reasons: readonly Reason[];
    }
  /** No queue keeps it: the flow does what is said, and the router has let go of it. */
  | {
      readonly type: 'divert';
      readonly workItemId: WorkItemId;
      readonly interactionId: InteractionId;
      readonly queueId: QueueId;
      readonly why: 'closed' | 'full' | 'waitedTooLong';
      readonly action: Exclude<QueueDiversion, { to: 'queue' }>;
      readonly reasons: readonly Reason[];
    }
  | { readonly type: 'setNotReady'; readonly agentId: AgentId; readonly reason: NotReadyReason }
  | { readonly type: 'agentChanged'; readonly agentId: AgentId }
  | { readonly type: 'queueChanged'; readonly queueId: QueueId }
  /** Send a `tick` no later than this. */
  | { readonly type: 'wakeAt'; readonly at: number };
