import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import type { AgentId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import {
  type AcceptanceLedger,
  type DecisionLog,
  emptyRouterState,
  itemOf,
  type Queue,
  queueOf,
  type Reservation,
  type RouterDecision,
  type RouterEvent,
  type RouterState,
  route,
} from '../acd/index.ts';
import type { Clock, Disposable, Log, TimerHandle } from '../kernel/index.ts';

/** How a reservation came to its end, as the router decided it. */
export type ReservationVerdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly why: 'gone' | 'staleFencing' }
  | { readonly kind: 'withdrawn'; readonly cause: Exclude<ReservationCause, 'answered'>; readonly countsAgainstAgent: boolean };

/** What the story of a work item hears of it while it waits. */
export interface ItemListener {
  offered(reservation: Reservation): void;
  widened?(decision: Extract<RouterDecision, { type: 'widen' }>): void;
  moved?(decision: Extract<RouterDecision, { type: 'move' }>): void;
  /** No queue keeps it; the router has let go of it, unless it is to be called back. */
  diverted?(decision: Extract<RouterDecision, { type: 'divert' }>): void;
}

/** Where what the router decides is kept: who won which item, and the log that answers "why?". */
export interface RoutingMemory {
  readonly ledger: AcceptanceLedger;
  readonly decisions: DecisionLog;
  /** Names this run; unique among all runs of all bridges. */
  readonly runId: string;
  /** Above every number given out before. */
  readonly nextFencing: number;
}

export interface RoutingListener {
  agentChanged(agentId: AgentId): void;
  queueChanged(queueId: QueueId): void;
  notReadyByRouter(decision: Extract<RouterDecision, { type: 'setNotReady' }>): void;
}

/**
 * Keeps the router's state, feeds it what happens one event at a time, and hands its decisions to those concerned: an offer to the story
 * of its work item, a verdict to the story of its reservation. Also keeps the router's promise to be woken, its log, and the ledger of who
 * won what in step with it.
 */
export class Routing {
  #state: RouterState;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #log: Log;
  readonly #memory: RoutingMemory;
  readonly #pending: RouterEvent[] = [];
  #isRunning = false;
  #wake: { readonly at: number; readonly timer: TimerHandle } | undefined;
  #listener: RoutingListener | undefined;
  readonly #items = new Map<WorkItemId, ItemListener>();
  readonly #verdicts = new Map<ReservationId, (verdict: ReservationVerdict) => void>();

  constructor(clock: Clock, log: Log, memory: RoutingMemory) {
    this.#clock = clock;
    this.#startedAt = clock.now() - clock.monotonic();
    this.#log = log;
    this.#memory = memory;
    this.#state = emptyRouterState;
    this.tell({ type: 'router:started', runId: memory.runId, nextFencing: memory.nextFencing });
  }

  /** The queue as it is set up now. */
  queue(queueId: QueueId): Queue | null {
    return queueOf(this.#state, queueId);
  }

  get state(): RouterState {
    return this.#state;
  }

  listen(listener: RoutingListener): void {
    this.#listener = listener;
  }

  /** What the router decides about this work item goes to its story until disposed. */
  follow(workItemId: WorkItemId, story: ItemListener): Disposable {
    this.#items.set(workItemId, story);
    return {
      dispose: () => {
        if (this.#items.get(workItemId) === story) this.#items.delete(workItemId);
      },
    };
  }

  /** The agent's phone was answered: the ledger says who won, and the router is told. Its verdict comes as for every other ending. */
  async accept({ reservationId, workItemId, agentId, fencing }: Reservation): Promise<void> {
    const outcome = await this.#memory.ledger.accept({ workItemId, reservationId, agentId, fencing, at: this.#clock.now() });
    if (outcome === 'won') this.tell({ type: 'reservation:accepted', reservationId, fencing });
    else this.tell({ type: 'reservation:failed', reservationId, cause: 'answeredElsewhere' });
  }

  /** What becomes of a reservation; resolves exactly once, since every reservation has a lease. */
  verdict(reservationId: ReservationId): Promise<ReservationVerdict> {
    return new Promise((resolve) => this.#verdicts.set(reservationId, resolve));
  }

  /** True once the reservation has its verdict: it may have ended while its event was being committed. */
  isOver(reservationId: ReservationId): boolean {
    return !this.#verdicts.has(reservationId);
  }

  /** Events told while one is being worked on wait their turn: the router never sees itself half way. */
  tell(event: RouterEvent): void {
    this.#pending.push(event);
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
        const at = this.now();
        this.#release(next);
        const { state, decisions } = route(this.#state, next, at);
        if (state !== this.#state || decisions.length > 0) this.#memory.decisions.append({ at, event: next, decisions });
        this.#state = state;
        for (const decision of decisions) this.#perform(decision);
      }
    } finally {
      this.#isRunning = false;
    }
  }

  stop(): void {
    this.#wake?.timer.cancel();
    this.#items.clear();
  }

  /** Epoch ms that never jump: a clock set forward by an hour times nobody out. */
  now(): number {
    return this.#startedAt + this.#clock.monotonic();
  }

  /** A moment of the router as the clock on the wall has it now, for those who look at one. */
  onTheWall(at: number): number {
    return at - this.now() + this.#clock.now();
  }

  #perform(decision: RouterDecision): void {
    switch (decision.type) {
      case 'offer': {
        const { reservationId, workItemId, fencing } = decision.reservation;
        this.#memory.ledger.offered(reservationId, workItemId, fencing);
        const story = this.#items.get(workItemId);
        if (story) return story.offered(decision.reservation);
        this.#log.error('routing:offerWithoutStory', { workItemId });
        return this.tell({ type: 'item:gone', workItemId });
      }
      case 'widen':
        return this.#items.get(decision.workItemId)?.widened?.(decision);
      case 'move':
        return this.#items.get(decision.workItemId)?.moved?.(decision);
      case 'divert':
        return this.#items.get(decision.workItemId)?.diverted?.(decision);
      case 'accept':
        return this.#settle(decision.reservation.reservationId, { kind: 'accepted' });
      case 'refuseAcceptance':
        return this.#settle(decision.reservationId, { kind: 'refused', why: decision.why });
      case 'withdraw':
        this.#memory.ledger.withdrawn(decision.reservation.reservationId);
        return this.#settle(decision.reservation.reservationId, {
          kind: 'withdrawn',
          cause: decision.cause,
          countsAgainstAgent: decision.countsAgainstAgent,
        });
      case 'setNotReady':
        return this.#listener?.notReadyByRouter(decision);
      case 'agentChanged':
        return this.#listener?.agentChanged(decision.agentId);
      case 'queueChanged':
        return this.#listener?.queueChanged(decision.queueId);
      case 'wakeAt':
        return this.#wakeAt(decision.at);
    }
  }

  /** Said before the router makes the next offer: numbers given out for the item so far are stale. */
  #release(event: RouterEvent): void {
    const isOver =
      event.type === 'item:returned' ||
      event.type === 'wrapUp:ended' ||
      (event.type === 'agent:asked' && event.by === null && itemOf(this.#state, event.workItemId) !== null) ||
      (event.type === 'work:ended' && !event.wrapsUp) ||
      (event.type === 'item:gone' && itemOf(this.#state, event.workItemId) !== null);
    if (isOver) this.#memory.ledger.released(event.workItemId);
  }

  #settle(reservationId: ReservationId, verdict: ReservationVerdict): void {
    const resolve = this.#verdicts.get(reservationId);
    this.#verdicts.delete(reservationId);
    resolve?.(verdict);
  }

  #wakeAt(at: number): void {
    if (this.#wake && this.#wake.at <= at && this.#wake.at > this.now()) return;
    this.#wake?.timer.cancel();
    const timer = this.#clock.timer(at - this.now(), () => {
      this.#wake = undefined;
      this.tell({ type: 'tick' });
    });
    this.#wake = { at, timer };
  }
}
