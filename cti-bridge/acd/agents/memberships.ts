import type { QueueId } from '../../../shared/ids.ts';
import type { AgentSettings, Membership, RouterAgent } from '../model.ts';
import { ringFor } from '../queues/queue-line.ts';
import { entriesOf } from '../sorted-map.ts';
import type { Turn } from '../turn.ts';

/** Every queue that asks for somebody with these settings, by id, and the first of its rings that does. */
export function membershipsFor(turn: Turn, settings: AgentSettings): readonly Membership[] {
  const memberships: Membership[] = [];
  for (const { key, value } of entriesOf(turn.state.queues)) {
    const ring = ringFor(settings, value.queue);
    if (ring !== null) memberships.push({ queueId: key, ring });
  }
  return memberships;
}

/** The agent as one of a queue's people from this ring on, or (null) as none of them. */
export function withMembership(agent: RouterAgent, queueId: QueueId, ring: number | null): RouterAgent {
  const others = agent.memberships.filter((membership) => membership.queueId !== queueId);
  if (ring === null) return { ...agent, memberships: others };
  const before = others.findIndex((membership) => membership.queueId > queueId);
  return { ...agent, memberships: others.toSpliced(before < 0 ? others.length : before, 0, { queueId, ring }) };
}
