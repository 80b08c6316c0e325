import { assertNever } from '../../shared/assert-never.ts';
import type { OpeningHours, QueueChannel } from '../../shared/contracts/configuration.ts';
import { seconds } from '../../shared/duration.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../shared/ids.ts';
import {
  agentOf,
  emptyRouterState,
  isOpenAt,
  nextChangeAfter,
  queueView,
  type Reservation,
  type RouterDecision,
  type RouterEvent,
  type RouterState,
  route,
} from '../acd/index.ts';
import { Agenda } from './agenda.ts';
import { drawMs } from './distribution.ts';
import type { Customer, Plan, PlannedAgent } from './plan.ts';
import { randomStream } from './random.ts';
import { TimeSheet } from './time-sheet.ts';

/** What became of one customer. */
export interface SimulatedContact {
  readonly customer: Customer;
  /** `left`: gave up waiting (`balked`: at once). `unserved`: still waiting long after everybody went home. */
  readonly ending: 'answered' | 'left' | 'balked' | 'diverted' | 'unserved';
  readonly waitedMs: number;
  /** Where it was answered, or waited last. */
  readonly queueId: QueueId;
  readonly agentId: AgentId | null;
  /** Offers that came to nothing. */
  readonly missedOffers: number;
}

export interface Outcome {
  readonly plan: Plan;
  /** In the order of their arrival. */
  readonly contacts: readonly SimulatedContact[];
  readonly times: TimeSheet;
  /** By queue: who meets its needs in any ring. */
  readonly members: ReadonlyMap<QueueId, readonly AgentId[]>;
  readonly events: number;
}

/** Plays the day through the router, in virtual time. */
export function simulate(plan: Plan): Outcome {
  return new Day(plan).play();
}

/** Whoever waits when nobody has come for so long after the end will not be answered. */
const patienceOfTheSimulator = 12 * 3_600_000;

type Happening =
  | { readonly kind: 'tick' }
  | { readonly kind: 'hours'; readonly queueId: QueueId; readonly isOpen: boolean }
  | { readonly kind: 'arrival'; readonly customer: Customer }
  | { readonly kind: 'patienceUsedUp'; readonly workItemId: WorkItemId }
  | { readonly kind: 'answer' | 'reject'; readonly reservation: Reservation }
  | { readonly kind: 'signIn' | 'signOut' | 'back'; readonly worker: Worker }
  | { readonly kind: 'breakDue'; readonly worker: Worker; readonly forMs: number }
  | { readonly kind: 'breakOver'; readonly worker: Worker; readonly breakNumber: number }
  | { readonly kind: 'workOver'; readonly worker: Worker; readonly work: HeldWork; readonly turn: number };

/** A work in an agent's hands. While a call interrupts it, the rest of it waits. */
interface HeldWork {
  readonly workItemId: WorkItemId;
  readonly channel: QueueChannel;
  phase: 'handling' | 'wrapUp';
  wrapUpMs: number;
  endsAt: number;
  leftMs: number | null;
  /** Counts up with each pause, so that an end put down earlier is known to be out of date. */
  turn: number;
}

/** A person at work. */
interface Worker {
  readonly plan: PlannedAgent;
  readonly works: Map<WorkItemId, HeldWork>;
  isOnShift: boolean;
  /** Left of the break that has begun or is due; null when there is none. */
  breakMs: number | null;
  breakNumber: number;
}

interface Waiting {
  readonly customer: Customer;
  queueId: QueueId;
  missedOffers: number;
  offers: number;
}

class Day {
  readonly #plan: Plan;
  readonly #agenda = new Agenda<Happening>();
  readonly #workers = new Map<AgentId, Worker>();
  readonly #waiting = new Map<WorkItemId, Waiting>();
  readonly #contacts: SimulatedContact[] = [];
  readonly #times: TimeSheet;
  readonly #queues = new Map<QueueId, Plan['queues'][number]>();
  #state: RouterState = emptyRouterState;
  #at: number;
  #wakesAt = Number.POSITIVE_INFINITY;
  #events = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#at = plan.startsAt;
    this.#times = new TimeSheet(plan.startsAt);
    for (const queue of plan.queues) this.#queues.set(asId<QueueId>(queue.id), queue);
  }

  play(): Outcome {
    this.#setUp();
    const latest = this.#plan.endsAt + patienceOfTheSimulator;
    for (let next = this.#agenda.next(); next !== null && next.at <= latest; next = this.#agenda.next()) {
      this.#at = next.at;
      this.#happen(next.what);
    }
    for (const [workItemId, { customer }] of this.#waiting) this.#close(workItemId, 'unserved', null, latest - customer.at);
    const members = new Map([...this.#queues.keys()].map((queueId) => [queueId, [] as AgentId[]]));
    for (const agentId of this.#workers.keys())
      for (const { queueId } of agentOf(this.#state, agentId)?.memberships ?? []) members.get(queueId)?.push(agentId);
    this.#times.finish(this.#at);
    const contacts = this.#contacts.sort((a, b) => a.customer.number - b.customer.number);
    return { plan: this.#plan, contacts, times: this.#times, members, events: this.#events };
  }

  #setUp(): void {
    const plan = this.#plan;
    this.#tell({ type: 'router:started', runId: 'simulation', nextFencing: 1 });
    for (const queue of plan.queues) this.#tell({ type: 'queue:configured', queue });
    for (const [queueId, queue] of this.#queues) {
      const hours = plan.hours.find(({ id }) => id === queue.hours);
      if (hours !== undefined) this.#followHours(queueId, hours);
    }
    for (const agent of plan.agents) {
      const worker: Worker = { plan: agent, works: new Map(), isOnShift: false, breakMs: null, breakNumber: 0 };
      this.#workers.set(agent.agentId, worker);
      this.#tell({ type: 'agent:configured', agentId: agent.agentId, settings: agent.settings });
      for (const shift of agent.shifts) {
        // Who began before the day is there from its start.
        if (shift.to <= plan.startsAt) continue;
        this.#agenda.add(Math.max(plan.startsAt, shift.from), { kind: 'signIn', worker });
        for (const { at, forMs } of shift.breaks) if (at >= plan.startsAt) this.#agenda.add(at, { kind: 'breakDue', worker, forMs });
        this.#agenda.add(shift.to, { kind: 'signOut', worker });
      }
    }
    for (const customer of plan.customers) this.#agenda.add(customer.at, { kind: 'arrival', customer });
  }

  #happen(what: Happening): void {
    switch (what.kind) {
      case 'tick':
        // One that was put down before an earlier moment was asked for.
        if (this.#at < this.#wakesAt) return;
        this.#wakesAt = Number.POSITIVE_INFINITY;
        return this.#tell({ type: 'tick' });
      case 'hours':
        return this.#tell({ type: 'queue:hours', queueId: what.queueId, isOpen: what.isOpen });
      case 'arrival':
        return this.#arrive(what.customer);
      case 'patienceUsedUp':
        return this.#leave(what.workItemId, 'left');
      case 'answer':
        return this.#tell({
          type: 'reservation:accepted',
          reservationId: what.reservation.reservationId,
          fencing: what.reservation.fencing,
        });
      case 'reject':
        return this.#tell({ type: 'reservation:failed', reservationId: what.reservation.reservationId, cause: 'rejected' });
      case 'signIn':
        return this.#signIn(what.worker);
      case 'signOut':
        return this.#signOut(what.worker);
      case 'back':
        return this.#comeBack(what.worker);
      case 'breakDue':
        return this.#breakDue(what.worker, what.forMs);
      case 'breakOver':
        if (what.worker.breakNumber !== what.breakNumber) return;
        what.worker.breakMs = null;
        return this.#comeBack(what.worker);
      case 'workOver':
        if (what.work.turn === what.turn) this.#workOver(what.worker, what.work);
        return;
      default:
        return assertNever(what, 'happening');
    }
  }

  /** One event for the router, and what it wants done about it. */
  #tell(event: RouterEvent): void {
    this.#events++;
    const { state, decisions } = route(this.#state, event, this.#at);
    this.#state = state;
    for (const decision of decisions) this.#perform(decision);
  }

  #perform(decision: RouterDecision): void {
    switch (decision.type) {
      case 'offer':
        return this.#ring(decision.reservation);
      case 'accept':
        return this.#take(decision.reservation);
      case 'withdraw': {
        const waiting = this.#waiting.get(decision.reservation.workItemId);
        if (waiting !== undefined && decision.cause !== 'callerLeft') waiting.missedOffers++;
        return;
      }
      case 'move': {
        const waiting = this.#waiting.get(decision.workItemId);
        if (waiting !== undefined) waiting.queueId = decision.to;
        return;
      }
      case 'divert': {
        const waiting = this.#waiting.get(decision.workItemId);
        if (waiting !== undefined) this.#close(decision.workItemId, 'diverted', null, this.#at - waiting.customer.at);
        return;
      }
      case 'setNotReady': {
        const worker = this.#workers.get(decision.agentId);
        if (worker === undefined) return;
        this.#agenda.add(this.#at + worker.plan.backAfterMs, { kind: 'back', worker });
        return this.#noteTimes(worker);
      }
      case 'wakeAt':
        if (decision.at >= this.#wakesAt && this.#wakesAt > this.#at) return;
        this.#wakesAt = Math.max(this.#at, decision.at);
        return this.#agenda.add(this.#wakesAt, { kind: 'tick' });
      case 'refuseAcceptance':
      case 'widen':
      case 'agentChanged':
      case 'queueChanged':
        return;
      default:
        return assertNever(decision, 'decision');
    }
  }

  /** Told before anybody comes in the same moment. */
  #followHours(queueId: QueueId, hours: OpeningHours): void {
    const { startsAt, endsAt } = this.#plan;
    this.#tell({ type: 'queue:hours', queueId, isOpen: isOpenAt(hours, startsAt) });
    const latest = endsAt + patienceOfTheSimulator;
    for (let at = nextChangeAfter(hours, startsAt); at !== null && at <= latest; at = nextChangeAfter(hours, at))
      this.#agenda.add(at, { kind: 'hours', queueId, isOpen: isOpenAt(hours, at) });
  }

  // --- customers

  #arrive(customer: Customer): void {
    const workItemId = asId<WorkItemId>(`w${customer.number}`);
    const { queueId } = customer;
    const mayBalk = customer.balksAbove !== null && queueView(this.#state, queueId).waiting > customer.balksAbove;
    this.#waiting.set(workItemId, { customer, queueId, missedOffers: 0, offers: 0 });
    this.#tell({
      type: 'item:queued',
      workItemId,
      interactionId: asId<InteractionId>(`i${customer.number}`),
      queueId,
      priority: null,
      tier: customer.tier,
      preferences: [],
    });
    const waiting = this.#waiting.get(workItemId);
    if (waiting === undefined) return;
    if (mayBalk && waiting.offers === 0) this.#leave(workItemId, 'balked');
    else if (Number.isFinite(customer.patienceMs)) this.#agenda.add(this.#at + customer.patienceMs, { kind: 'patienceUsedUp', workItemId });
  }

  #leave(workItemId: WorkItemId, how: 'left' | 'balked'): void {
    const waiting = this.#waiting.get(workItemId);
    if (waiting === undefined) return;
    this.#close(workItemId, how, null, this.#at - waiting.customer.at);
    this.#tell({ type: 'item:gone', workItemId });
  }

  #close(workItemId: WorkItemId, ending: SimulatedContact['ending'], agentId: AgentId | null, waitedMs: number): void {
    const waiting = this.#waiting.get(workItemId);
    if (waiting === undefined) return;
    this.#waiting.delete(workItemId);
    const { customer, queueId, missedOffers } = waiting;
    this.#contacts.push({ customer, ending, waitedMs, queueId, agentId, missedOffers });
  }

  // --- agents

  /** What the agent will do about an offer depends on the customer and on how often they were offered, not on what happened elsewhere. */
  #ring(reservation: Reservation): void {
    const worker = this.#workers.get(reservation.agentId);
    const waiting = this.#waiting.get(reservation.workItemId);
    if (worker === undefined || waiting === undefined) return;
    const random = randomStream(this.#plan.seed, 'offer', waiting.customer.number, waiting.offers++);
    const { plan } = worker;
    const will = random.next();
    const at = this.#at + drawMs(plan.answerDelay, random);
    if (will < plan.rejects) this.#agenda.add(at, { kind: 'reject', reservation });
    else if (will >= plan.rejects + plan.leavesRinging) this.#agenda.add(at, { kind: 'answer', reservation });
  }

  #take(reservation: Reservation): void {
    const worker = this.#workers.get(reservation.agentId);
    const waiting = this.#waiting.get(reservation.workItemId);
    const queue = this.#queues.get(reservation.queueId);
    if (worker === undefined || waiting === undefined || queue === undefined) return;
    const { customer } = waiting;
    this.#close(reservation.workItemId, 'answered', worker.plan.agentId, this.#at - customer.at);
    const work: HeldWork = {
      workItemId: reservation.workItemId,
      channel: queue.channel,
      phase: 'handling',
      wrapUpMs: wrapUpMs(queue, customer),
      endsAt: 0,
      leftMs: customer.handlingMs,
      turn: 0,
    };
    worker.works.set(work.workItemId, work);
    // A break that had begun while the phone rang begins anew after this.
    worker.breakNumber++;
    this.#shareOut(worker);
    this.#noteTimes(worker);
  }

  #workOver(worker: Worker, work: HeldWork): void {
    const { workItemId } = work;
    const { agentId } = worker.plan;
    if (work.phase === 'handling') {
      const wrapsUp = work.wrapUpMs > 0;
      if (wrapsUp) {
        work.phase = 'wrapUp';
        work.leftMs = work.wrapUpMs;
        work.turn++;
      } else worker.works.delete(workItemId);
      this.#shareOut(worker);
      this.#noteTimes(worker);
      this.#tell({ type: 'work:ended', agentId, workItemId, wrapsUp });
    } else {
      worker.works.delete(workItemId);
      this.#shareOut(worker);
      this.#noteTimes(worker);
      this.#tell({ type: 'wrapUp:ended', agentId, workItemId });
    }
    this.#startBreak(worker);
  }

  /** Lets each work go on or rest: a mail rests while a call that may interrupt it is in hand. */
  #shareOut(worker: Worker): void {
    const interrupted = new Set(
      [...worker.works.values()].flatMap(({ channel }) => worker.plan.settings.capacity[channel]?.interrupts ?? []),
    );
    for (const work of worker.works.values()) {
      const rests = interrupted.has(work.channel);
      if (rests && work.leftMs === null) {
        work.leftMs = work.endsAt - this.#at;
        work.turn++;
      } else if (!rests && work.leftMs !== null) {
        work.endsAt = this.#at + work.leftMs;
        work.leftMs = null;
        this.#agenda.add(work.endsAt, { kind: 'workOver', worker, work, turn: work.turn });
      }
    }
  }

  #signIn(worker: Worker): void {
    worker.isOnShift = true;
    const { agentId } = worker.plan;
    this.#tell({ type: 'agent:reachabilityChanged', agentId, isReachable: true });
    this.#comeBack(worker);
  }

  /** Whoever has work in hand finishes it. */
  #signOut(worker: Worker): void {
    worker.isOnShift = false;
    worker.breakMs = null;
    worker.breakNumber++;
    this.#tell({ type: 'agent:presenceSet', agentId: worker.plan.agentId, presence: 'loggedOut', reason: null });
    this.#noteTimes(worker);
  }

  #comeBack(worker: Worker): void {
    if (!worker.isOnShift || worker.breakMs !== null) return;
    this.#tell({ type: 'agent:presenceSet', agentId: worker.plan.agentId, presence: 'available', reason: null });
    this.#noteTimes(worker);
  }

  #breakDue(worker: Worker, forMs: number): void {
    if (!worker.isOnShift) return;
    worker.breakMs = (worker.breakMs ?? 0) + forMs;
    this.#tell({ type: 'agent:presenceSet', agentId: worker.plan.agentId, presence: 'notReady', reason: 'break' });
    this.#noteTimes(worker);
    this.#startBreak(worker);
  }

  #startBreak(worker: Worker): void {
    if (worker.breakMs === null || worker.works.size > 0) return;
    const breakNumber = ++worker.breakNumber;
    this.#agenda.add(this.#at + worker.breakMs, { kind: 'breakOver', worker, breakNumber });
  }

  #noteTimes(worker: Worker): void {
    const isBusy = worker.works.size > 0;
    const isThere = agentOf(this.#state, worker.plan.agentId)?.presence === 'available';
    this.#times.note(worker.plan.agentId, this.#at, isBusy ? 'busy' : isThere ? 'free' : 'away');
  }
}

function wrapUpMs({ wrapUp }: Plan['queues'][number], { wrapUpMs: wanted }: Customer): number {
  const limitMs = seconds(wrapUp.seconds);
  if (wrapUp.mode === 'timedNoEarlyExit') return limitMs;
  return wrapUp.mode === 'timed' ? Math.min(wanted, limitMs) : wanted;
}
