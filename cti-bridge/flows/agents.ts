import type { AgentView, NotReadyReason, Presence } from '../../shared/contracts/agent.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { Locale } from '../../shared/contracts/contact.ts';
import { seconds } from '../../shared/duration.ts';
import { type AgentId, asId, type UserId } from '../../shared/ids.ts';
import { agentOf, agentView, type LastPresence } from '../acd/index.ts';
import type { AgentPhones } from '../interactions/index.ts';
import type { Clock, Disposable } from '../kernel/index.ts';
import { LeftPresences } from './left-presences.ts';
import type { Desktops } from './ports.ts';
import type { QueueNews } from './queue-news.ts';
import type { Recorder } from './recorder.ts';
import type { Routing } from './routing.ts';

/** Somebody who takes work, as the stories see them. */
export interface KnownAgent {
  readonly agentId: AgentId;
  readonly name: string;
  readonly locale: Locale;
  readonly extension: string;
  /** Calls ring on a telephone of its own, and no desktop is needed; if there is one, it shows the pop. */
  readonly hasDeskPhone: boolean;
  readonly hasDesktop: boolean;
}

/** A line that is lost is known to be within this time. */
const lossKnownWithinMs = seconds(15);

export type AgentSetUp = Omit<KnownAgent, 'hasDesktop'>;

/** Everybody who takes work, as the configuration has them. */
export function agentSetUps({ users }: Configuration): readonly AgentSetUp[] {
  return users.flatMap(({ agent, name, locale }) =>
    agent === null
      ? []
      : [{ agentId: asId<AgentId>(agent.id), name, locale, extension: agent.extension, hasDeskPhone: agent.phone.kind !== 'desktop' }],
  );
}

/**
 * The people who take work: ties their desktop and their phone together for the router. An agent is reachable while both are there, so
 * one whose laptop sleeps is offered nothing; one with a desk phone while that is there. What they *chose* (presence) stays as it was, and
 * outlives the bridge: `expect`.
 */
export class Agents {
  readonly #byId = new Map<AgentId, KnownAgent & { hasDesktop: boolean }>();
  readonly #byExtension = new Map<string, KnownAgent>();
  readonly #routing: Routing;
  readonly #phones: AgentPhones;
  readonly #desktops: Desktops;
  readonly #recorder: Recorder;
  readonly #registration: Disposable;
  readonly #floorListeners = new Set<() => void>();
  readonly #left = new LeftPresences();
  readonly #signedInAt = new Map<AgentId, number>();
  /** Monotonic ms: whose desktop's line was lost, and whom the router has made not ready for a device that did not answer. */
  readonly #lostAt = new Map<AgentId, number>();
  readonly #failedAt = new Map<AgentId, number>();
  readonly #clock: Clock;

  constructor(
    people: readonly AgentSetUp[],
    parts: {
      readonly routing: Routing;
      readonly phones: AgentPhones;
      readonly desktops: Desktops;
      readonly recorder: Recorder;
      readonly queueNews: QueueNews;
      readonly clock: Clock;
    },
  ) {
    this.#clock = parts.clock;
    this.#routing = parts.routing;
    this.#phones = parts.phones;
    this.#desktops = parts.desktops;
    this.#recorder = parts.recorder;
    this.#routing.listen({
      agentChanged: (agentId) => {
        this.#pushAgent(agentId);
        for (const changed of this.#floorListeners) changed();
      },
      queueChanged: (queueId) => {
        parts.queueNews.changed(queueId);
        for (const changed of this.#floorListeners) changed();
      },
      notReadyByRouter: ({ agentId, reason }) => {
        if (reason === 'deviceUnreachable') this.#failedAt.set(agentId, this.#clock.monotonic());
        void this.#recorder.recordAgent({ type: 'agent:presenceChanged', agentId, presence: 'notReady', reason });
      },
    });
    this.#registration = this.#phones.onReachable((extension) => {
      const agent = this.#byExtension.get(extension);
      if (agent) this.#tellReachability(agent);
      if (agent?.hasDeskPhone) this.#goOn(agent);
    });
    this.setUp(people);
  }

  /** Who takes work from now on. The router has been told of them; whoever is known already keeps their desktop. */
  setUp(people: readonly AgentSetUp[]): void {
    const desktops = new Set([...this.#byId.values()].filter(({ hasDesktop }) => hasDesktop).map(({ agentId }) => agentId));
    this.#byId.clear();
    this.#byExtension.clear();
    for (const person of people) {
      const agent = { ...person, hasDesktop: desktops.has(person.agentId) };
      this.#byId.set(agent.agentId, agent);
      this.#byExtension.set(agent.extension, agent);
      this.#tellReachability(agent);
    }
  }

  stop(): void {
    void this.#registration.dispose();
  }

  find(agentId: AgentId): KnownAgent | null {
    return this.#byId.get(agentId) ?? null;
  }

  findByExtension(extension: string): KnownAgent | null {
    return this.#byExtension.get(extension) ?? null;
  }

  views(): readonly AgentView[] {
    return [...this.#byId.keys()].flatMap((agentId) => this.view(agentId) ?? []);
  }

  view(agentId: AgentId): AgentView | null {
    const agent = this.#byId.get(agentId);
    return agent ? agentView(this.#routing.state, agentId, { name: agent.name, extension: agent.extension }) : null;
  }

  /** At a start: what everybody had chosen before it. They go on with it from `goOn` on. */
  expect(presences: readonly LastPresence[], now: number): void {
    this.#left.load(presences, now);
  }

  /** They were available when the bridge went down, and are not back yet. */
  isExpected(agentId: AgentId): boolean {
    return this.#left.isExpected(agentId);
  }

  /** The calls that come back are known: whoever has a telephone and none of them may be rung. */
  goOn(): void {
    for (const agent of this.#byId.values()) if (agent.hasDeskPhone) this.#goOn(agent);
  }

  /** At a start: they had a call that is being gone on with. To be ended when it is known whose it is. */
  callComesBack(agentId: AgentId): Disposable {
    this.#left.callComesBack(agentId);
    let isBack = false;
    const dispose = () => {
      if (isBack) return;
      isBack = true;
      this.#left.callIsBack(agentId);
      const agent = this.#byId.get(agentId);
      if (agent) this.#goOn(agent);
    };
    return { dispose };
  }

  /**
   * The desktop is there, in a log-in of then (epoch ms). Somebody who had signed out starts as not ready: nobody is thrown a call for having
   * logged in. Whose log-in outlived the bridge goes on with what they had chosen in it.
   */
  async desktopConnected(agentId: AgentId, signedInAt: number): Promise<void> {
    const agent = this.#byId.get(agentId);
    if (!agent || agent.hasDesktop) return;
    agent.hasDesktop = true;
    this.#signedInAt.set(agentId, signedInAt);
    // Both are recorded in this tick: a presence chosen a moment later must not be overtaken by this one.
    const connected = this.#recorder.recordAgent({ type: 'agent:connected', agentId });
    if (agentOf(this.#routing.state, agentId)?.presence === 'loggedOut') {
      const left = this.#left.take(agentId, signedInAt);
      await this.#set(agentId, left?.presence ?? 'notReady', left ? left.reason : 'signedIn');
    }
    await connected;
    this.#tellReachability(agent);
  }

  async desktopGone(agentId: AgentId, why: 'loggedOut' | 'connectionLost' | 'replaced' | 'shutdown'): Promise<void> {
    const agent = this.#byId.get(agentId);
    if (!agent) return;
    const wasThere = agent.hasDesktop;
    agent.hasDesktop = false;
    if (why === 'connectionLost' && wasThere && !agent.hasDeskPhone) {
      this.#lostAt.set(agentId, this.#clock.monotonic());
      // What took the one line may have taken the other: nothing rings on a phone that is not there on their return.
      this.#phones.doubt(agent.extension);
    }
    this.#tellReachability(agent);
    if (why === 'loggedOut') await this.setPresence(agentId, 'loggedOut', null);
    if (wasThere) await this.#recorder.recordAgent({ type: 'agent:disconnected', agentId, why });
  }

  /** `by` is the supervisor who chose it for them. */
  async setPresence(agentId: AgentId, presence: Presence, reason: NotReadyReason | null, by?: UserId): Promise<AgentView | null> {
    if (!this.#byId.has(agentId)) return null;
    this.#left.forget(agentId);
    return this.#set(agentId, presence, reason, by);
  }

  /** Whenever an agent or a queue is not as it was: often, and several times for one event. */
  onFloorChanged(listener: () => void): Disposable {
    this.#floorListeners.add(listener);
    return { dispose: () => void this.#floorListeners.delete(listener) };
  }

  async #set(agentId: AgentId, presence: Presence, reason: NotReadyReason | null, by?: UserId): Promise<AgentView | null> {
    await this.#recorder.recordAgent({ type: 'agent:presenceChanged', agentId, presence, reason, ...(by === undefined ? {} : { by }) });
    this.#routing.tell({ type: 'agent:presenceSet', agentId, presence, reason });
    return this.view(agentId);
  }

  /** They can be reached again and have chosen nothing since the start: what they had chosen before it holds. */
  #goOn({ agentId, hasDesktop, hasDeskPhone, extension }: KnownAgent): void {
    if (!hasDesktop && !(hasDeskPhone && this.#phones.isReachable(extension))) return;
    const left = this.#left.take(agentId, hasDesktop ? (this.#signedInAt.get(agentId) ?? null) : null);
    if (left) void this.#set(agentId, left.presence, left.reason);
  }

  #tellReachability(agent: KnownAgent): void {
    const isReachable = (agent.hasDesktop || agent.hasDeskPhone) && this.#phones.isReachable(agent.extension);
    const isAtDesktop = agent.hasDesktop;
    const known = agentOf(this.#routing.state, agent.agentId);
    if (known?.isReachable === isReachable && known.isAtDesktop === isAtDesktop) return;
    this.#routing.tell({ type: 'agent:reachabilityChanged', agentId: agent.agentId, isReachable, isAtDesktop });
    if (isReachable) this.#backFromLoss(agent.agentId);
  }

  /**
   * Work that was offered before anybody could know of the loss made them not ready, for their device did not answer. It does again, and they
   * had chosen otherwise.
   */
  #backFromLoss(agentId: AgentId): void {
    const lostAt = this.#lostAt.get(agentId);
    const failedAt = this.#failedAt.get(agentId);
    this.#lostAt.delete(agentId);
    this.#failedAt.delete(agentId);
    if (lostAt === undefined || failedAt === undefined || failedAt < lostAt - lossKnownWithinMs) return;
    if (this.view(agentId)?.notReadyReason === 'deviceUnreachable') void this.#set(agentId, 'available', null);
  }

  #pushAgent(agentId: AgentId): void {
    const view = this.view(agentId);
    if (view) this.#desktops.push(agentId, 'agent:changed', view);
  }
}
