import type { Configuration } from '../../shared/contracts/configuration.ts';
import { type AgentId, asId, type QueueId } from '../../shared/ids.ts';
import { type RouterEvent, settingsFrom } from '../acd/index.ts';

/**
 * What to tell the router so that it works by `after`; `before` is what it works by, null at the start. Queues come before the people who
 * serve them, and only what differs is told: a change of one skill must not sort ten thousand agents anew. Who waits in a queue that is
 * removed goes to the queue it would have overflowed to.
 */
export function setUpEvents(before: Configuration | null, after: Configuration): readonly RouterEvent[] {
  const events: RouterEvent[] = [];
  const knownQueues = new Map(before?.queues.map((queue) => [queue.id, queue]));
  const queues = new Set(after.queues.map(({ id }) => id));
  for (const queue of after.queues) {
    if (!isTheSame(knownQueues.get(queue.id), queue)) events.push({ type: 'queue:configured', queue });
  }
  for (const { id, overflow } of before?.queues ?? []) {
    if (queues.has(id)) continue;
    const to = overflow !== null && queues.has(overflow.queue) ? asId<QueueId>(overflow.queue) : null;
    events.push({ type: 'queue:removed', queueId: asId<QueueId>(id), to });
  }

  const knownAgents = agentsOf(before);
  const agents = agentsOf(after);
  for (const [agentId, settings] of agents) {
    if (!isTheSame(knownAgents.get(agentId), settings)) events.push({ type: 'agent:configured', agentId, settings });
  }
  for (const agentId of knownAgents.keys()) if (!agents.has(agentId)) events.push({ type: 'agent:removed', agentId });
  return events;
}

function agentsOf(configuration: Configuration | null) {
  return new Map(
    configuration?.users.flatMap((user) =>
      user.agent === null ? [] : [[asId<AgentId>(user.agent.id), settingsFrom(user, user.agent, configuration.capacities)] as const],
    ),
  );
}

/** Both come out of the same schema, so the same value has its keys in the same order. */
function isTheSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
