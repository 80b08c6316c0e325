import type { AgentId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import type { IdSource } from '../kernel/index.ts';
import { isFree, workStateOf } from './agents/agent.ts';
import type { Deadline, QueueLine, Reservation, RouterAgent, RouterDecision, RouterState, WaitingItem } from './model.ts';
import { withFreeAgent, withItem, withoutFreeAgent, withoutItem } from './queues/queue-line.ts';
import { firstOf, sizeOf } from './sorted-map.ts';
import { agentTable, assignedTable, deadlineTable, itemTable, queueTable, reservationsTable } from './tables.ts';

/**
 * The work on one event: the state so far, what has been decided, and what has to be looked at again. Every change of an agent, an item
 * or a reservation goes through here, so that the orders made from them (free agents, waiting items, deadlines) are never out of step.
 * It lives for one call of `route`; the state it was given is not changed.
 */
export class Turn {
  readonly at: number;
  readonly ids: IdSource;
  /** Queues in which a new match may have become possible. */
  readonly unsettled = new Set<QueueId>();
  readonly #before: RouterState;
  #state: RouterState;
  readonly #decisions: RouterDecision[] = [];
  readonly #touchedAgents = new Set<AgentId>();
  readonly #touchedQueues = new Set<QueueId>();

  constructor(state: RouterState, at: number, ids: IdSource) {
    this.#before = state;
    this.#state = state;
    this.at = at;
    this.ids = ids;
  }

  get state(): RouterState {
    return this.#state;
  }

  decide(decision: RouterDecision): void {
    this.#decisions.push(decision);
  }

  agent(id: AgentId): RouterAgent | null {
    return agentTable.get(this.#state.agents, id);
  }

  line(id: QueueId): QueueLine | null {
    return queueTable.get(this.#state.queues, id);
  }

  item(id: WorkItemId): WaitingItem | null {
    return itemTable.get(this.#state.items, id);
  }

  reservation(id: ReservationId): Reservation | null {
    return reservationsTable.get(this.#state.reservations, id);
  }

  putLine(id: QueueId, line: QueueLine): void {
    this.#touchedQueues.add(id);
    this.#state = { ...this.#state, queues: queueTable.set(this.#state.queues, id, line) };
  }

  /**
   * Writes an agent. Whoever becomes free by it goes to the end of the line of idle agents, unless `keepsIdlePlace`: the offer that kept
   * them busy came to nothing and they did nothing wrong.
   */
  putAgent(next: RouterAgent, keepsIdlePlace = false): void {
    const before = this.agent(next.agentId);
    const becameFree = isFree(next) && (before === null || !isFree(before));
    const agent = {
      ...next,
      idleSince: becameFree && !keepsIdlePlace ? this.at : next.idleSince,
      changedAt: before !== null && isInSameState(before, next) ? next.changedAt : this.at,
    };
    if (before !== null && isFree(before)) this.#eachLine(before, (line) => withoutFreeAgent(line, before));
    if (isFree(agent)) {
      this.#eachLine(agent, (line) => withFreeAgent(line, agent));
      for (const queueId of agent.queueIds) this.unsettled.add(queueId);
    }
    this.#assign(before, null);
    this.#assign(agent, agent.agentId);
    this.#touchedAgents.add(agent.agentId);
    this.#state = { ...this.#state, agents: agentTable.set(this.#state.agents, agent.agentId, agent) };
  }

  putItem(item: WaitingItem): void {
    const line = this.line(item.queueId);
    if (line === null) return;
    this.#state = { ...this.#state, items: itemTable.set(this.#state.items, item.workItemId, item) };
    this.putLine(item.queueId, withItem(line, item));
    if (item.state.kind === 'pending') this.unsettled.add(item.queueId);
  }

  removeItem(item: WaitingItem): void {
    this.#state = { ...this.#state, items: itemTable.delete(this.#state.items, item.workItemId) };
    const line = this.line(item.queueId);
    if (line !== null) this.putLine(item.queueId, withoutItem(line, item));
    for (const tried of item.tried) this.dropDeadline({ at: tried.restsUntil, kind: 'rest', id: item.workItemId });
  }

  putReservation(reservation: Reservation): void {
    this.#state = { ...this.#state, reservations: reservationsTable.set(this.#state.reservations, reservation.reservationId, reservation) };
    this.addDeadline({ at: reservation.expiresAt, kind: 'lease', id: reservation.reservationId });
  }

  removeReservation(reservation: Reservation): void {
    this.#state = { ...this.#state, reservations: reservationsTable.delete(this.#state.reservations, reservation.reservationId) };
    this.dropDeadline({ at: reservation.expiresAt, kind: 'lease', id: reservation.reservationId });
  }

  addDeadline(deadline: Deadline): void {
    this.#state = { ...this.#state, deadlines: deadlineTable.set(this.#state.deadlines, deadline, true) };
  }

  dropDeadline(deadline: Deadline): void {
    this.#state = { ...this.#state, deadlines: deadlineTable.delete(this.#state.deadlines, deadline) };
  }

  /** The earliest moment at which time changes something, or null. */
  earliestDeadline(): Deadline | null {
    return firstOf(this.#state.deadlines)?.key ?? null;
  }

  takePlace(): number {
    const place = this.#state.nextPlace;
    this.#state = { ...this.#state, nextPlace: place + 1 };
    return place;
  }

  takeFencing(): number {
    const fencing = this.#state.nextFencing;
    this.#state = { ...this.#state, nextFencing: fencing + 1 };
    return fencing;
  }

  /** The new state, and the decisions followed by what others see changed. After a tick the next deadline is always told. */
  finish(wasTick: boolean): { readonly state: RouterState; readonly decisions: readonly RouterDecision[] } {
    for (const agentId of this.#touchedAgents) {
      const before = agentTable.get(this.#before.agents, agentId);
      const after = this.agent(agentId);
      if (
        after !== null &&
        (before === null || before.changedAt !== after.changedAt || before.skills !== after.skills || !isInSameState(before, after))
      ) {
        this.decide({ type: 'agentChanged', agentId });
      }
    }
    for (const queueId of this.#touchedQueues) {
      const before = queueTable.get(this.#before.queues, queueId);
      const after = this.line(queueId);
      if (after !== null && (before === null || !countsTheSame(before, after))) this.decide({ type: 'queueChanged', queueId });
    }
    const deadline = this.earliestDeadline();
    const deadlineBefore = firstOf(this.#before.deadlines)?.key ?? null;
    if (deadline !== null && (wasTick || deadline.at !== deadlineBefore?.at)) this.decide({ type: 'wakeAt', at: deadline.at });
    return { state: this.#state, decisions: this.#decisions };
  }

  #eachLine(agent: RouterAgent, change: (line: QueueLine) => QueueLine): void {
    for (const queueId of agent.queueIds) {
      const line = this.line(queueId);
      if (line !== null) this.putLine(queueId, change(line));
    }
  }

  #assign(agent: RouterAgent | null, to: AgentId | null): void {
    if (agent === null || (agent.work.state !== 'engaged' && agent.work.state !== 'wrappingUp')) return;
    const { workItemId } = agent.work;
    const { assigned } = this.#state;
    this.#state = {
      ...this.#state,
      assigned: to === null ? assignedTable.delete(assigned, workItemId) : assignedTable.set(assigned, workItemId, to),
    };
  }
}

/** Says whether presence and work state, as others see them, are the same. */
function isInSameState(a: RouterAgent, b: RouterAgent): boolean {
  return a.presence === b.presence && a.notReadyReason === b.notReadyReason && workStateOf(a) === workStateOf(b);
}

/** Says whether a queue's view would be the same. */
function countsTheSame(a: QueueLine, b: QueueLine): boolean {
  return (
    a.queue === b.queue &&
    sizeOf(a.waiting) === sizeOf(b.waiting) &&
    sizeOf(a.free) === sizeOf(b.free) &&
    firstOf(a.byWait)?.key.queuedAt === firstOf(b.byWait)?.key.queuedAt
  );
}
