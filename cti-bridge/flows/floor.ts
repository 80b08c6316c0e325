import type { InteractionId, QueueId, WorkItemId } from '../../shared/ids.ts';
import { type AgentId, asId } from '../../shared/ids.ts';
import {
  agentOf,
  agentsOf,
  itemOf,
  lineOf,
  linesOf,
  mayTake,
  membersOf,
  type QueueLine,
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

/** Queues and people as they stand this moment, read from the router: what a supervisor would see walking through the room. */
export class Floor {
  readonly #routing: Routing;
  readonly #agents: Agents;

  constructor(routing: Routing, agents: Agents) {
    this.#routing = routing;
    this.#agents = agents;
  }

  queues(): readonly QueueNow[] {
    const { state } = this.#routing;
    const handling = Map.groupBy(this.handling(null), ({ queueId }) => queueId);
    return linesOf(state).map((line) => {
      const { queueId } = line.queue;
      const { waiting, longestWaitSince } = queueView(state, queueId);
      return {
        queueId,
        isOpen: line.isOpen,
        waiting,
        longestWaitSince: longestWaitSince === null ? null : this.#routing.onTheWall(longestWaitSince),
        handling: handling.get(queueId)?.length ?? 0,
        people: this.#peopleOf(line),
      };
    });
  }

  agents(tree: OrgTree): readonly AgentNow[] {
    return agentsOf(this.#routing.state).flatMap((agent): AgentNow[] => {
      const known = this.#agents.find(agent.agentId);
      const view = this.#agents.view(agent.agentId);
      if (!known || !view) return [];
      return [
        {
          ...view,
          ...tree.placeOf(agent.agentId),
          since: this.#routing.onTheWall(view.since),
          works: agent.works.map(({ interactionId, queueId, channel, state, since }) => ({
            interactionId,
            queueId,
            channel,
            state,
            since: this.#routing.onTheWall(since),
          })),
          queueIds: agent.memberships.map(({ queueId }) => queueId),
          leftQueueIds: [...agent.settings.leftQueueIds],
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

  /** Everybody who could ever serve the queue, each counted once. Listening in or helping counts as not ready: nothing can be offered. */
  #peopleOf(line: QueueLine): QueueNow['people'] {
    const people = { free: 0, ringing: 0, engaged: 0, wrappingUp: 0, notReady: 0, notReachable: 0, signedOut: 0 };
    for (const { agent } of membersOf(this.#routing.state, line)) people[placeAmong(agent, line)]++;
    return people;
  }
}

function placeAmong(agent: RouterAgent, { queue }: QueueLine): keyof QueueNow['people'] {
  if (mayTake(agent, queue.channel)) return 'free';
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
  return agent.isReachable ? 'notReady' : 'notReachable';
}
