import type { QueueChannel } from '../../shared/contracts/configuration.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../shared/ids.ts';
import {
  agentOf,
  agentsOf,
  isReachedBy,
  itemOf,
  lineOf,
  linesOf,
  mayTake,
  type Queue,
  queueView,
  type RouterAgent,
  waitingIn,
  workStateOf,
} from '../acd/index.ts';
import type { AgentNow, QueueNow } from '../reporting/index.ts';
import type { Agents } from './agents.ts';
import type { OrgTree } from './org-tree.ts';
import type { Routing } from './routing.ts';

/** Something that waits, or that an agent has, at this moment. Times as the clock on the wall has them. */
export interface OpenWork {
  readonly workItemId: WorkItemId;
  readonly interactionId: InteractionId;
  readonly queueId: QueueId;
  /** Since when it waits, or has been in hand. */
  readonly since: number;
  readonly agentId: AgentId | null;
}

/** Written work that an agent has, and that takes no room of theirs meanwhile. */
export interface ParkedWork extends OpenWork {
  readonly state: 'forCustomer' | 'snoozed';
  readonly channel: QueueChannel;
  readonly snoozedUntil: number | null;
}

/** Queues and people as they stand this moment, read from the router: what a supervisor would see walking through the room. */
export class Floor {
  readonly #routing: Routing;
  readonly #agents: Agents;
  readonly #parked: () => readonly ParkedWork[];
  /** What was counted last time, and of whom. */
  #queues: readonly Queue[] = [];
  #channels: ReadonlyMap<QueueId, QueueChannel> = new Map();
  #people = new Map<QueueId, typeof nobody>();
  readonly #counted = new Map<AgentId, RouterAgent>();

  constructor(routing: Routing, agents: Agents, parked: () => readonly ParkedWork[]) {
    this.#routing = routing;
    this.#agents = agents;
    this.#parked = parked;
  }

  queues(): readonly QueueNow[] {
    const { state } = this.#routing;
    this.#lookAround();
    const parked = Map.groupBy(this.#parked(), ({ queueId, state: what }) => `${what} ${queueId}`);
    return linesOf(state).map((line) => {
      const { queueId } = line.queue;
      const { waiting, longestWaitSince } = queueView(state, queueId);
      const { handling, ...people } = this.#people.get(queueId) ?? nobody;
      const longest = longestWaitSince === null ? null : this.#routing.onTheWall(longestWaitSince);
      const countOf = (what: ParkedWork['state']) => parked.get(`${what} ${queueId}`)?.length ?? 0;
      const [forCustomer, snoozed] = [countOf('forCustomer'), countOf('snoozed')];
      return { queueId, isOpen: line.isOpen, waiting, longestWaitSince: longest, handling, forCustomer, snoozed, people };
    });
  }

  agents(tree: OrgTree): readonly AgentNow[] {
    return agentsOf(this.#routing.state).flatMap((agent): AgentNow[] => {
      const known = this.#agents.find(agent.agentId);
      if (!known) return [];
      const { presence, notReadyReason, works, settings, memberships } = agent;
      return [
        {
          agentId: agent.agentId,
          name: known.name,
          extension: known.extension,
          ...tree.placeOf(agent.agentId),
          presence,
          notReadyReason,
          workState: workStateOf(agent),
          since: this.#routing.onTheWall(agent.changedAt),
          works: works.map(({ interactionId, queueId, channel, state, since }) => ({
            interactionId,
            queueId,
            channel,
            state,
            since: this.#routing.onTheWall(since),
          })),
          skills: skillsOf(agent),
          queueIds: memberships.map(({ queueId }) => queueId),
          leftQueueIds: [...settings.leftQueueIds],
        },
      ];
    });
  }

  /** Who waits, first in line first; in one queue, or in all. */
  waiting(queueId: QueueId | null): readonly OpenWork[] {
    const { state } = this.#routing;
    const line = queueId && lineOf(state, queueId);
    const lines = queueId === null ? linesOf(state) : line ? [line] : [];
    return lines.flatMap((each) =>
      waitingIn(state, each).map(({ workItemId, interactionId, queuedAt }) => ({
        workItemId,
        interactionId,
        queueId: each.queue.queueId,
        since: this.#routing.onTheWall(queuedAt),
        agentId: null,
      })),
    );
  }

  /** What agents have: talking, writing, or wrapping up. */
  handling(queueId: QueueId | null): readonly OpenWork[] {
    return this.inHand().filter((work) => work.state !== 'reserved' && (queueId === null || work.queueId === queueId));
  }

  /** What agents have and the customer is to answer. */
  forCustomer(queueId: QueueId | null): readonly ParkedWork[] {
    return this.#parked().filter((work) => work.state === 'forCustomer' && (queueId === null || work.queueId === queueId));
  }

  /** What agents have put off. */
  snoozed(queueId: QueueId | null): readonly ParkedWork[] {
    return this.#parked().filter((work) => work.state === 'snoozed' && (queueId === null || work.queueId === queueId));
  }

  parked(workItemId: WorkItemId): ParkedWork | null {
    return this.#parked().find((work) => work.workItemId === workItemId) ?? null;
  }

  /** What agents have, also what only rings at them. */
  inHand() {
    return agentsOf(this.#routing.state).flatMap(({ agentId, works }) =>
      works.map(({ workItemId, interactionId, queueId, reservationId, state, since, acceptedAt }) => ({
        workItemId,
        interactionId,
        queueId,
        reservationId,
        state,
        since: this.#routing.onTheWall(acceptedAt ?? since),
        agentId,
      })),
    );
  }

  hasInHand(agentId: AgentId, workItemId: WorkItemId): boolean {
    return agentOf(this.#routing.state, agentId)?.works.some((work) => work.workItemId === workItemId) ?? false;
  }

  isWaiting(workItemId: string): boolean {
    return itemOf(this.#routing.state, asId(workItemId)) !== null;
  }

  /**
   * Counts who does what for each queue. The router's state is never changed in place, so whoever is the same object as a moment ago does the
   * same: only the others are counted anew, and ten thousand people cost what the few who moved cost.
   */
  #lookAround(): void {
    const { state } = this.#routing;
    const lines = linesOf(state);
    const queues = lines.map(({ queue }) => queue);
    if (queues.length !== this.#queues.length || queues.some((queue, index) => queue !== this.#queues[index])) {
      this.#queues = queues;
      this.#channels = new Map(queues.map(({ queueId, channel }) => [queueId, channel]));
      this.#people = new Map(queues.map(({ queueId }) => [queueId, { ...nobody }]));
      this.#counted.clear();
    }
    const left = new Set(this.#counted.keys());
    for (const agent of agentsOf(state)) {
      left.delete(agent.agentId);
      const before = this.#counted.get(agent.agentId);
      if (before === agent) continue;
      if (before) this.#count(before, -1);
      this.#count(agent, 1);
      this.#counted.set(agent.agentId, agent);
    }
    for (const agentId of left) {
      const before = this.#counted.get(agentId);
      if (before) this.#count(before, -1);
      this.#counted.delete(agentId);
    }
  }

  /** Everybody who could ever serve a queue, each once; and what they have in hand, in the queue it came by. */
  #count(agent: RouterAgent, by: 1 | -1): void {
    const places = new Map<QueueChannel, keyof QueueNow['people']>();
    for (const { queueId } of agent.memberships) {
      const channel = this.#channels.get(queueId);
      const people = this.#people.get(queueId);
      if (!channel || !people) continue;
      let place = places.get(channel);
      if (!place) places.set(channel, (place = placeAmong(agent, channel)));
      people[place] += by;
    }
    for (const { queueId, state } of agent.works) {
      const people = this.#people.get(queueId);
      if (people && state !== 'reserved') people.handling += by;
    }
  }
}

const nobody = { free: 0, ringing: 0, engaged: 0, wrappingUp: 0, notReady: 0, notReachable: 0, signedOut: 0, handling: 0 };

const skillLists = new WeakMap<object, AgentNow['skills']>();

/** The best first, as everywhere a person's skills are shown. Made once for as long as they stay. */
function skillsOf({ settings }: RouterAgent): AgentNow['skills'] {
  const known = skillLists.get(settings);
  if (known) return known;
  const skills = Object.entries(settings.skills)
    .map(([skill, level]) => ({ skill, level }))
    .sort((a, b) => b.level - a.level || (a.skill < b.skill ? -1 : 1));
  skillLists.set(settings, skills);
  return skills;
}

/** Listening in or helping counts as not ready: nothing can be offered. */
function placeAmong(agent: RouterAgent, channel: QueueChannel): keyof QueueNow['people'] {
  if (mayTake(agent, channel)) return 'free';
  switch (workStateOf(agent)) {
    case 'reserved':
      return 'ringing';
    case 'engaged':
      return 'engaged';
    case 'wrappingUp':
      return 'wrappingUp';
    default:
      break;
  }
  if (agent.presence === 'loggedOut') return 'signedOut';
  return isReachedBy(agent, channel) ? 'notReady' : 'notReachable';
}
