import {
  type AgentSettings,
  agentView,
  emptyRouterState,
  itemOf,
  queueView,
  type Reservation,
  type RouterDecision,
  type RouterEvent,
  type RouterState,
  reservationOf,
  route,
} from '../../../cti-bridge/acd/index.ts';
import type { Presence } from '../../../shared/contracts/agent.ts';
import type { QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import type { ReservationCause } from '../../../shared/contracts/interaction.ts';
import { plainQueue } from '../../../shared/contracts/plain-queue.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';

export const queueOf = (name: string, settings: Partial<QueueConfiguration> = {}): QueueConfiguration => ({
  id: name,
  name: { en: name, zh: `${name}技能组` },
  ...plainQueue,
  priority: 5,
  whenFull: { to: 'announce', prompt: 'queue-full' },
  wrapUp: { mode: 'timed', seconds: 60, extendBySeconds: 30, maxExtensions: 2, defaultDisposition: 'none' },
  ...settings,
});

/** One call; or chats and mails, which a call interrupts (mails) or does not (chats). */
export const usualCapacity: AgentSettings['capacity'] = {
  voice: { max: 1, weight: 100, interrupts: ['email'] },
  chat: { max: 3, weight: 30, interrupts: [] },
  email: { max: 5, weight: 15, interrupts: [] },
};

export const settingsOf = (skills: Readonly<Record<string, number>>, more: Partial<AgentSettings> = {}): AgentSettings => ({
  skills,
  capacity: usualCapacity,
  teamId: null,
  orgUnitId: null,
  leftQueueIds: [],
  weight: 1,
  ...more,
});

type Arrival = Pick<Extract<RouterEvent, { type: 'item:queued' }>, 'tier' | 'preferences' | 'queuedAt' | 'needs'>;

/** A small contact center to tell stories about: speaks in names, keeps the router's state and the time. */
export class Floor {
  state: RouterState = emptyRouterState;
  at = 1_700_000_000_000;
  /** The decisions of the last event. */
  decisions: readonly RouterDecision[] = [];

  tell(event: RouterEvent): readonly RouterDecision[] {
    const result = route(this.state, event, this.at);
    this.state = result.state;
    this.decisions = result.decisions;
    return result.decisions;
  }

  /** Time passes; nobody tells the router yet. */
  pass(ms: number): this {
    this.at += ms;
    return this;
  }

  queue(name: string, settings: Partial<QueueConfiguration> = {}): this {
    this.tell({ type: 'queue:configured', queue: queueOf(name, settings) });
    return this;
  }

  /** An agent who is at work and free, a millisecond after whoever came before. */
  agent(name: string, skills: Record<string, number> = {}, more: Partial<AgentSettings> = {}): this {
    this.pass(1);
    this.tell({ type: 'agent:configured', agentId: asId<AgentId>(name), settings: settingsOf(skills, more) });
    this.reachable(name);
    this.presence(name, 'available');
    return this;
  }

  presence(name: string, presence: Presence): readonly RouterDecision[] {
    const reason = presence === 'notReady' ? 'break' : null;
    return this.tell({ type: 'agent:presenceSet', agentId: asId<AgentId>(name), presence, reason });
  }

  reachable(name: string, isReachable = true): readonly RouterDecision[] {
    return this.tell({ type: 'agent:reachabilityChanged', agentId: asId<AgentId>(name), isReachable });
  }

  /** A caller joins a queue, a millisecond after whoever came before. */
  caller(name: string, queue: string, priority: number | null = null, more: Partial<Arrival> = {}): readonly RouterDecision[] {
    this.pass(1);
    return this.tell({ ...this.#names(name, queue), type: 'item:queued', priority, tier: null, preferences: [], ...more });
  }

  leaves(name: string): readonly RouterDecision[] {
    return this.tell({ type: 'item:gone', workItemId: asId<WorkItemId>(name) });
  }

  accept(reservation: Reservation, fencing = reservation.fencing): readonly RouterDecision[] {
    return this.tell({ type: 'reservation:accepted', reservationId: reservation.reservationId, fencing });
  }

  fail(reservation: Reservation, cause: Exclude<ReservationCause, 'answered'>): readonly RouterDecision[] {
    return this.tell({ type: 'reservation:failed', reservationId: reservation.reservationId, cause });
  }

  returns(name: string, queue: string, agent: string, queuedAt: number, priority = 5): readonly RouterDecision[] {
    return this.tell({
      ...this.#names(name, queue),
      type: 'item:returned',
      agentId: asId<AgentId>(agent),
      queuedAt,
      priority,
      isDeviceFault: true,
    });
  }

  workEnds(agent: string, name: string, wrapsUp = false): readonly RouterDecision[] {
    return this.tell({ type: 'work:ended', agentId: asId<AgentId>(agent), workItemId: asId<WorkItemId>(name), wrapsUp });
  }

  wrapUpEnds(agent: string, name: string): readonly RouterDecision[] {
    return this.tell({ type: 'wrapUp:ended', agentId: asId<AgentId>(agent), workItemId: asId<WorkItemId>(name) });
  }

  tick(): readonly RouterDecision[] {
    return this.tell({ type: 'tick' });
  }

  /** Brings a caller to an agent who answers. */
  talks(name: string, queue: string): Reservation {
    this.caller(name, queue);
    const reservation = this.offered();
    this.accept(reservation);
    return reservation;
  }

  /** The one offer among the last decisions. */
  offered(): Reservation {
    const [only, ...others] = this.decisions.filter((decision) => decision.type === 'offer');
    if (only === undefined || others.length > 0) throw new Error(`expected one offer, got ${JSON.stringify(this.decisions)}`);
    return only.reservation;
  }

  /** The offers among the last decisions, as `caller > agent`. */
  offers(): readonly string[] {
    return this.decisions.filter((d) => d.type === 'offer').map(({ reservation }) => `${reservation.workItemId} > ${reservation.agentId}`);
  }

  /** The offer of this caller that rings now. */
  reservationOf(name: string): Reservation {
    const [id] = itemOf(this.state, asId<WorkItemId>(name))?.reservationIds ?? [];
    const reservation = id && reservationOf(this.state, id);
    if (!reservation) throw new Error(`nothing rings for ${name}`);
    return reservation;
  }

  agentView(name: string) {
    return agentView(this.state, asId<AgentId>(name), { name, extension: '100' });
  }

  queueView(name: string) {
    return queueView(this.state, asId<QueueId>(name));
  }

  #names(name: string, queue: string) {
    return { workItemId: asId<WorkItemId>(name), interactionId: asId<InteractionId>(`i-${name}`), queueId: asId<QueueId>(queue) };
  }
}

/** Decisions but for those that only say what others see. */
export function deeds(decisions: readonly RouterDecision[]): readonly RouterDecision[] {
  return decisions.filter(({ type }) => type !== 'agentChanged' && type !== 'queueChanged' && type !== 'wakeAt');
}
