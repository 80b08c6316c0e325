import type { Reason } from '../../../shared/contracts/queue.ts';
import type { ReservationId, WorkItemId } from '../../../shared/ids.ts';
import { type SkillExpression, skillExpressionText } from '../../../shared/skill-expression.ts';
import { isReachedBy, mayTake, workStateOf } from '../agents/agent.ts';
import { nameOf } from '../explain.ts';
import type { QueueLine, RouterAgent, RouterState, WaitingItem } from '../model.ts';
import { meetsItem, withItemNeeds } from '../queues/item-needs.ts';
import { overflowOf, waitLimitOf } from '../queues/moments.ts';
import { risenPriority } from '../queues/queue-line.ts';
import { agentsOf, itemOf, lineOf, membersOf, ownerOf, positionOf, reservationOf, waitingIn } from '../views.ts';
import { expectedWait } from './expected-wait.ts';

/**
 * "Why is it waiting?": what holds at this moment, as codes with facts, the plainest first. Durations in ms; people by `agentId`.
 *
 *   itemUnknown {}   itemAssigned { agentId }   itemRings { agentId, sinceMs, leftMs }, the last with the channel of written work
 *   positionInQueue { position, ofItems, nameEn, nameZh, waitedMs }   queueIsClosed { nameEn, nameZh }
 *   outranked { count, priority, ownPriority, ownPoints }: how many came later and stand before it, and what the first of them has
 *   waitsForPreferred { agentId, kind, leftMs }
 *   needsSkills { needs, agents }, nobodyQualifies { needs }, nobodySignedIn { agents }
 *   qualifiedBusy { engaged, wrappingUp, ringing, notReady, notReachable, signedOut, full }: of those who meet what it asks for now, with the
 *     channel of written work
 *   restsAfterMiss { agents, inMs }   likelyNext { agentId, busyMs, usualMs }
 *   widensAt { inMs, needs, more, free }   overflowsAt { inMs, nameEn, nameZh }   givesUpAt { inMs }
 *   expectedWait { waitMs, position, averageMs, agents }
 */
export function whyItem(state: RouterState, workItemId: WorkItemId, at: number): readonly Reason[] {
  const item = itemOf(state, workItemId);
  if (item === null) {
    const agentId = ownerOf(state, workItemId);
    if (agentId !== null) return [{ code: 'itemAssigned', facts: { agentId } }];
    // What is offered by name stands in no queue: only whoever is asked has it.
    const asked = agentsOf(state).flatMap(({ works }) => works.filter((work) => work.workItemId === workItemId));
    const offers = asked.flatMap(({ reservationId }) => ringing(state, reservationId, at));
    return offers.length > 0 ? offers : [{ code: 'itemUnknown', facts: {} }];
  }
  const line = lineOf(state, item.queueId);
  if (line === null) return [{ code: 'itemUnknown', facts: {} }];
  if (item.reservationIds.length > 0) return item.reservationIds.flatMap((id) => ringing(state, id, at));
  return [
    ...standing(state, line, item, at),
    ...(item.preferred === null
      ? people(state, line, item, at)
      : [
          {
            code: 'waitsForPreferred',
            facts: { agentId: item.preferred.agentId, kind: item.preferred.kind, leftMs: ms(item.preferred.until - at) },
          } as const,
        ]),
    ...later(state, line, item, at),
  ];
}

function ringing(state: RouterState, id: ReservationId, at: number): Reason[] {
  const reservation = reservationOf(state, id);
  if (reservation === null) return [];
  const { agentId, queueId, offeredAt, expiresAt } = reservation;
  const facts = { agentId, sinceMs: ms(at - offeredAt), leftMs: ms(expiresAt - at) };
  const channel = lineOf(state, queueId)?.queue.channel ?? 'voice';
  return [{ code: 'itemRings', facts: channel === 'voice' ? facts : { ...facts, channel } }];
}

function standing(state: RouterState, line: QueueLine, item: WaitingItem, at: number): Reason[] {
  const waiting = waitingIn(state, line);
  const position = positionOf(state, item.workItemId) ?? 1;
  const overtaking = waiting.slice(0, position - 1).filter((other) => other.place > item.place);
  const [first] = overtaking;
  const own = Math.floor(risenPriority(item, line.queue, at) - item.priority);
  return [
    { code: 'positionInQueue', facts: { position, ofItems: waiting.length, ...nameOf(line.queue), waitedMs: ms(at - item.queuedAt) } },
    ...(line.isOpen ? [] : [{ code: 'queueIsClosed', facts: nameOf(line.queue) } as const]),
    ...(first
      ? [
          {
            code: 'outranked',
            facts: { count: overtaking.length, priority: first.priority, ownPriority: item.priority, ownPoints: own },
          } as const,
        ]
      : []),
  ];
}

/** Who could take it as it is asked for now, and why none of them does. */
function people(state: RouterState, line: QueueLine, item: WaitingItem, at: number): Reason[] {
  const { queue } = line;
  const needs = withItemNeeds(neededBy(line, item.ring), item);
  const able = membersOf(state, line).flatMap(({ agent, ring }) => (ring <= item.ring && meetsItem(agent, item) ? [agent] : []));
  const asked = { needs: skillExpressionText(needs) };
  if (able.length === 0) return [{ code: 'nobodyQualifies', facts: asked }];
  const reasons: Reason[] = asked.needs === '' ? [] : [{ code: 'needsSkills', facts: { ...asked, agents: able.length } }];
  if (able.every((agent) => agent.presence === 'loggedOut'))
    return [...reasons, { code: 'nobodySignedIn', facts: { agents: able.length } }];

  const counts = { engaged: 0, wrappingUp: 0, ringing: 0, notReady: 0, notReachable: 0, signedOut: 0, full: 0 };
  for (const agent of able) {
    const hindrance = hindranceOf(agent, queue.channel);
    if (hindrance !== null) counts[hindrance]++;
  }
  const { channel } = queue;
  reasons.push({ code: 'qualifiedBusy', facts: channel === 'voice' ? counts : { ...counts, channel } });

  const resting = item.tried.filter(
    ({ agentId, restsUntil, freshStarts }) =>
      restsUntil > at && able.some((agent) => agent.agentId === agentId && agent.freshStarts === freshStarts),
  );
  const soonest = Math.min(...resting.map(({ restsUntil }) => restsUntil));
  if (resting.length > 0) reasons.push({ code: 'restsAfterMiss', facts: { agents: resting.length, inMs: ms(soonest - at) } });

  const next = likelyNext(able, queue.queueId);
  if (next !== null && line.handling.count > 0) {
    const usualMs = Math.round(line.handling.averageMs);
    reasons.push({ code: 'likelyNext', facts: { agentId: next.agent.agentId, busyMs: ms(at - next.since), usualMs } });
  }
  return reasons;
}

type Hindrance = 'engaged' | 'wrappingUp' | 'ringing' | 'notReady' | 'notReachable' | 'signedOut' | 'full';

/** The one thing that keeps an agent from work of a channel, the most lasting first; null when nothing does. */
function hindranceOf(agent: RouterAgent, channel: QueueLine['queue']['channel']): Hindrance | null {
  if (agent.presence === 'loggedOut') return 'signedOut';
  const work = workStateOf(agent);
  if (!isReachedBy(agent, channel)) return 'notReachable';
  if (agent.presence === 'notReady' || work === 'supervising') return 'notReady';
  if (mayTake(agent, channel)) return null;
  if (work === 'reserved') return 'ringing';
  if (work === 'engaged' || work === 'wrappingUp') return agent.works.some((one) => one.channel === channel) ? work : 'full';
  return 'full';
}

/** Who has been at it the longest will be free soonest, if work is alike. */
function likelyNext(able: readonly RouterAgent[], queueId: QueueLine['queue']['queueId']): { agent: RouterAgent; since: number } | null {
  let next: { agent: RouterAgent; since: number } | null = null;
  for (const agent of able) {
    if (agent.presence !== 'available') continue;
    for (const work of agent.works) {
      if (work.acceptedAt === null || work.queueId !== queueId) continue;
      if (next === null || work.acceptedAt < next.since) next = { agent, since: work.acceptedAt };
    }
  }
  return next;
}

/** What time will change. */
function later(state: RouterState, line: QueueLine, item: WaitingItem, at: number): Reason[] {
  const reasons: Reason[] = [];
  const wider = line.queue.rings[item.ring + 1];
  if (wider !== undefined) {
    const more = membersOf(state, line).filter(({ agent, ring }) => ring === item.ring + 1 && meetsItem(agent, item));
    const free = more.filter(({ agent }) => mayTake(agent, line.queue.channel)).length;
    const facts = { inMs: ms(item.queuedAt + wider.afterMs - at), needs: skillExpressionText(wider.needs), more: more.length, free };
    reasons.push({ code: 'widensAt', facts });
  }
  const overflow = overflowOf(item, line.queue);
  const target = line.queue.overflow && lineOf(state, line.queue.overflow.queueId);
  if (overflow !== null && target) reasons.push({ code: 'overflowsAt', facts: { inMs: ms(overflow - at), ...nameOf(target.queue) } });
  const limit = waitLimitOf(item, line.queue);
  if (limit !== null) reasons.push({ code: 'givesUpAt', facts: { inMs: ms(limit - at) } });
  const expected = expectedWait(state, item.workItemId);
  if (expected !== null) reasons.push({ code: 'expectedWait', facts: { ...expected } });
  return reasons;
}

function neededBy(line: QueueLine, ring: number): SkillExpression {
  return (line.queue.rings[ring] ?? line.queue.rings[0]).needs;
}

function ms(value: number): number {
  return Math.max(0, Math.round(value));
}
