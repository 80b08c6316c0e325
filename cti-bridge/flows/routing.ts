import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import type { AgentId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import { emptyRouterState, type Reservation, type RouterDecision, type RouterEvent, type RouterState, route } from '../acd/index.ts';
import type { Clock, Disposable, IdSource, Log, TimerHandle } from '../kernel/index.ts';

/** How a reservation came to its end, as the router decided it. */
export type ReservationVerdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly why: 'gone' | 'staleFencing' }
  | { readonly kind: 'withdrawn'; readonly cause: Exclude<ReservationCause, 'answered'>; readonly countsAgainstAgent: boolean };

export interface RoutingListener {
  agentChanged(agentId: AgentId): void;
  queueChanged(queueId: QueueId): void;
  notReadyByRouter(decision: Extract<RouterDecision, { type: 'setNotReady' }>): void;
}

/**
 * Keeps the router's state, feeds it what happens one event at a time, and hands its decisions to those concerned: an offer to the story
 * of its work item, a verdict to the story of its reservation. Also keeps the router's promise to be woken.
 */
export class Routing {
  #state: RouterState;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #ids: IdSource;
  readonly #log: Log;
  readonly #pending: RouterEvent[] = [];
  #isRunning = false;
  #wake: { readonly at: number; readonly timer: TimerHandle } | undefined;
  #listener: RoutingListener | undefined;
  readonly #offers = new Map<WorkItemId, (reservation: Reservation) => void>();
  readonly #verdicts = new Map<ReservationId, (verdict: ReservationVerdict) => void>();

  constructor(clock: Clock, ids: IdSource, log: Log) {
    this.#clock = clock;
    this.#startedAt = clock.now() - clock.monotonic();
    this.#ids = ids;
    this.#log = log;
    this.#state = emptyRouterState;
  }

  get state(): RouterState {
    return this.#state;
  }

  listen(listener: RoutingListener): void {
    this.#listener = listener;
  }

  /** Offers of this work item go to `onOffer` until disposed. */
  onOffer(workItemId: WorkItemId, onOffer: (reservation: Reservation) => void): Disposable {
    this.#offers.set(workItemId, onOffer);
    return { dispose: () => void this.#offers.delete(workItemId) };
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
        const { state, decisions } = route(this.#state, next, this.#now(), this.#ids);
        this.#state = state;
        for (const decision of decisions) this.#perform(decision);
      }
    } finally {
      this.#isRunning = false;
    }
  }

  stop(): void {
    this.#wake?.timer.cancel();
    this.#offers.clear();
  }

  /** Epoch ms that never jump: a clock set forward by an hour times nobody out. */
  #now(): number {
    return this.#startedAt + this.#clock.monotonic();
  }

  /** A moment of the router as the clock on the wall has it now, for those who look at one. */
  onTheWall(at: number): number {
    return at - this.#now() + this.#clock.now();
  }

  #perform(decision: RouterDecision): void {
    switch (decision.type) {
      case 'offer': {
        const story = this.#offers.get(decision.reservation.workItemId);
        if (story) return story(decision.reservation);
        this.#log.error('routing:offerWithoutStory', { workItemId: decision.reservation.workItemId });
        return this.tell({ type: 'item:gone', workItemId: decision.reservation.workItemId });
      }
      case 'accept':
        return this.#settle(decision.reservation.reservationId, { kind: 'accepted' });
      case 'refuseAcceptance':
        return this.#settle(decision.reservationId, { kind: 'refused', why: decision.why });
      case 'withdraw':
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

  #settle(reservationId: ReservationId, verdict: ReservationVerdict): void {
    const resolve = this.#verdicts.get(reservationId);
    this.#verdicts.delete(reservationId);
    resolve?.(verdict);
  }

  #wakeAt(at: number): void {
    if (this.#wake && this.#wake.at <= at && this.#wake.at > this.#now()) return;
    this.#wake?.timer.cancel();
    const timer = this.#clock.timer(at - this.#now(), () => {
      this.#wake = undefined;
      this.tell({ type: 'tick' });
    });
    this.#wake = { at, timer };
  }
}
