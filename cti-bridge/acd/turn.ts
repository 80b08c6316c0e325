import type { QueueChannel } from '../../shared/contracts/configuration.ts';
import type { AgentId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import { isIdle, isServing, mayTake, workStateOf } from './agents/agent.ts';
import type { Deadline, QueueLine, Reservation, RouterAgent, RouterDecision, RouterState, WaitingItem } from './model.ts';
import { nextMoment } from './queues/moments.ts';
import {
  freePlaceOf,
  isPending,
  placeOf,
  withFree,
  withItem,
  withMember,
  withoutFree,
  withoutItem,
  withoutMember,
} from './queues/queue-line.ts';
import { firstOf, sizeOf } from './sorted-map.ts';
import { agentTable, assignedTable, deadlineTable, heldTable, itemTable, placeTable, queueTable, reservationsTable } from './tables.ts';

/**
 * The work on one event: the state so far, what has been decided, and what has to be looked at again. Every change of an agent, an item
 * or a reservation goes through here, so that the orders made from them (free agents, waiting items, deadlines) are never out of step.
 * It lives for one call of `route`; the state it was given is not changed.
 */
export class Turn {
  readonly at: number;
  /** Queues in which a new match may have become possible. */
  readonly unsettled = new Set<QueueId>();
  /** Agents of whom something changed and for whom in particular something waits. */
  readonly #sought = new Set<AgentId>();
  readonly #before: RouterState;
  #state: RouterState;
  readonly #decisions: RouterDecision[] = [];
  readonly #touchedAgents = new Set<AgentId>();
  readonly #touchedQueues = new Set<QueueId>();

  constructor(state: RouterState, at: number) {
    this.#before = state;
    this.#state = state;
    this.at = at;
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

  ownerOf(id: WorkItemId): AgentId | null {
    return assignedTable.get(this.#state.assigned, id);
  }

  begin(runId: string, nextFencing: number): void {
    this.#state = { ...this.#state, runId, nextFencing: Math.max(this.#state.nextFencing, nextFencing) };
  }

  putLine(id: QueueId, line: QueueLine): void {
    this.#touchedQueues.add(id);
    this.#state = { ...this.#state, queues: queueTable.set(this.#state.queues, id, line) };
  }

  removeLine(id: QueueId): void {
    this.#state = { ...this.#state, queues: queueTable.delete(this.#state.queues, id) };
  }

  /**
   * Writes an agent. Whoever becomes idle by it goes to the end of the line of idle agents, unless `keepsIdlePlace`: the offer that kept
   * them busy came to nothing and they did nothing wrong.
   */
  putAgent(next: RouterAgent, keepsIdlePlace = false): void {
    const before = this.agent(next.agentId);
    const becameIdle = isIdle(next) && (before === null || !isIdle(before));
    const agent = {
      ...next,
      idleSince: becameIdle && !keepsIdlePlace ? this.at : next.idleSince,
      changedAt: before !== null && isInSameState(before, next) ? next.changedAt : this.at,
    };
    this.#replaceInLines(before, agent);
    this.#replaceAssigned(before, agent);
    this.#touchedAgents.add(agent.agentId);
    this.#state = { ...this.#state, agents: agentTable.set(this.#state.agents, agent.agentId, agent) };
    if (heldTable.get(this.#state.heldFor, agent.agentId) !== null) this.#sought.add(agent.agentId);
  }

  removeAgent(agent: RouterAgent): void {
    this.#replaceInLines(agent, null);
    this.#state = { ...this.#state, agents: agentTable.delete(this.#state.agents, agent.agentId) };
    if (heldTable.get(this.#state.heldFor, agent.agentId) !== null) this.#sought.add(agent.agentId);
  }

  /** Writes an item into the line of its queue, out of wherever it stood before. */
  putItem(next: WaitingItem): void {
    const line = this.line(next.queueId);
    if (line === null) return;
    this.liftItem(next.workItemId);
    const item = { ...next, wakesAt: nextMoment(next, line.queue, this.at) };
    this.#state = { ...this.#state, items: itemTable.set(this.#state.items, item.workItemId, item) };
    const own = this.line(item.queueId) ?? line;
    this.putLine(item.queueId, withItem(own, item));
    if (item.wakesAt !== null) this.#addDeadline({ at: item.wakesAt, kind: 'item', id: item.workItemId });
    if (isPending(item, own)) this.unsettled.add(item.queueId);
    if (item.preferred !== null && item.reservationIds.length === 0) this.#hold(item, own, item.preferred.agentId);
  }

  /** Takes an item out of its line, with its deadline; the router knows it no more. */
  liftItem(workItemId: WorkItemId): void {
    const item = this.item(workItemId);
    if (item === null) return;
    this.#state = { ...this.#state, items: itemTable.delete(this.#state.items, workItemId) };
    if (item.wakesAt !== null) this.dropDeadline({ at: item.wakesAt, kind: 'item', id: workItemId });
    const line = this.line(item.queueId);
    if (line === null) return;
    if (item.preferred !== null) this.#letGo(item, line, item.preferred.agentId);
    this.putLine(item.queueId, withoutItem(line, item));
  }

  putReservation(reservation: Reservation): void {
    this.#state = { ...this.#state, reservations: reservationsTable.set(this.#state.reservations, reservation.reservationId, reservation) };
    this.#addDeadline({ at: reservation.expiresAt, kind: 'lease', id: reservation.reservationId });
  }

  removeReservation(reservation: Reservation): void {
    this.#state = { ...this.#state, reservations: reservationsTable.delete(this.#state.reservations, reservation.reservationId) };
    this.dropDeadline({ at: reservation.expiresAt, kind: 'lease', id: reservation.reservationId });
  }

  dropDeadline(deadline: Deadline): void {
    this.#state = { ...this.#state, deadlines: deadlineTable.delete(this.#state.deadlines, deadline) };
  }

  /** The earliest moment at which time changes something, or null. */
  earliestDeadline(): Deadline | null {
    return firstOf(this.#state.deadlines)?.key ?? null;
  }

  /** The next of the agents for whom something waits, once for every change; null when all have been looked at. */
  nextSought(): AgentId | null {
    for (const agentId of this.#sought) {
      this.#sought.delete(agentId);
      return agentId;
    }
    return null;
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
      if (after !== null && (before === null || looksDifferent(before, after))) this.decide({ type: 'agentChanged', agentId });
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

  /** Membership and free places in every queue that one or the other belongs to. */
  #replaceInLines(before: RouterAgent | null, after: RouterAgent | null): void {
    const kept = before !== null && after !== null && before.memberships === after.memberships;
    if (before !== null && !kept) {
      for (const { queueId, ring } of before.memberships) {
        const line = this.line(queueId);
        if (line === null) continue;
        const place = freePlaceOf(before, line);
        this.putLine(queueId, withoutMember(place === null ? line : withoutFree(line, ring, place), before));
      }
    }
    if (after === null) return;
    const could = kept && before !== null ? channelsOf(before) : null;
    const can = channelsOf(after);
    const [calls, writing] = (['voice', 'email'] as const).map((channel) =>
      before === null ? 0 : Number(isServing(after, channel)) - Number(isServing(before, channel)),
    );
    const startedAfresh = before !== null && before.freshStarts !== after.freshStarts;
    for (const { queueId, ring } of after.memberships) {
      const found = this.line(queueId);
      if (found === null) continue;
      const { channel } = found.queue;
      const came = (channel === 'voice' ? calls : writing) ?? 0;
      if (kept && before !== null && could !== null) {
        const line = came === 0 ? found : { ...found, serving: found.serving + came };
        if (came !== 0) this.putLine(queueId, line);
        if (!could(channel) && !can(channel)) continue;
        const from = freePlaceOf(before, line);
        const to = freePlaceOf(after, line);
        if (startedAfresh && to !== null) this.unsettled.add(queueId);
        if (from !== null && to !== null && from.rank === to.rank && from.idleSince === to.idleSince) continue;
        const left = from === null ? line : withoutFree(line, ring, from);
        this.putLine(queueId, to === null ? left : withFree(left, ring, to));
        if (to !== null) this.unsettled.add(queueId);
      } else {
        const to = freePlaceOf(after, found);
        const joined = withMember(found, after, ring);
        this.putLine(queueId, to === null ? joined : withFree(joined, ring, to));
        if (to !== null) this.unsettled.add(queueId);
      }
    }
  }

  #replaceAssigned(before: RouterAgent | null, after: RouterAgent): void {
    if (before !== null && before.works === after.works) return;
    let { assigned } = this.#state;
    for (const work of before?.works ?? []) if (work.state !== 'reserved') assigned = assignedTable.delete(assigned, work.workItemId);
    for (const work of after.works) if (work.state !== 'reserved') assigned = assignedTable.set(assigned, work.workItemId, after.agentId);
    if (assigned !== this.#state.assigned) this.#state = { ...this.#state, assigned };
  }

  #hold(item: WaitingItem, line: QueueLine, agentId: AgentId): void {
    const held = placeTable.set(heldTable.get(this.#state.heldFor, agentId), placeOf(item, line.queue), item.workItemId);
    this.#state = { ...this.#state, heldFor: heldTable.set(this.#state.heldFor, agentId, held) };
    this.#sought.add(agentId);
  }

  #letGo(item: WaitingItem, line: QueueLine, agentId: AgentId): void {
    const held = placeTable.delete(heldTable.get(this.#state.heldFor, agentId), placeOf(item, line.queue));
    const { heldFor } = this.#state;
    this.#state = {
      ...this.#state,
      heldFor: held === null ? heldTable.delete(heldFor, agentId) : heldTable.set(heldFor, agentId, held),
    };
  }

  #addDeadline(deadline: Deadline): void {
    this.#state = { ...this.#state, deadlines: deadlineTable.set(this.#state.deadlines, deadline, true) };
  }
}

/** Which channels the agent may take, worked out once each. */
function channelsOf(agent: RouterAgent): (channel: QueueChannel) => boolean {
  const known: Partial<Record<QueueChannel, boolean>> = {};
  return (channel) => {
    known[channel] ??= mayTake(agent, channel);
    return known[channel];
  };
}

/** Says whether presence and work state, as others see them, are the same. */
function isInSameState(a: RouterAgent, b: RouterAgent): boolean {
  return a.presence === b.presence && a.notReadyReason === b.notReadyReason && workStateOf(a) === workStateOf(b);
}

function looksDifferent(a: RouterAgent, b: RouterAgent): boolean {
  return a.changedAt !== b.changedAt || a.settings !== b.settings || a.works !== b.works || !isInSameState(a, b);
}

/** Says whether a queue's view would be the same. */
function countsTheSame(a: QueueLine, b: QueueLine): boolean {
  return (
    a.queue === b.queue &&
    a.isOpen === b.isOpen &&
    sizeOf(a.waiting) === sizeOf(b.waiting) &&
    a.free.every((free, ring) => sizeOf(free) === sizeOf(b.free[ring] ?? null)) &&
    firstOf(a.byWait)?.key.queuedAt === firstOf(b.byWait)?.key.queuedAt
  );
}
