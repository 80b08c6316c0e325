import type { Reason } from '../../../shared/contracts/queue.ts';
import type { AgentId } from '../../../shared/ids.ts';
import { skillExpressionText } from '../../../shared/skill-expression.ts';
import { isOutOfReach, mayTake, workStateOf } from '../agents/agent.ts';
import { loadOf } from '../agents/capacity.ts';
import { nameOf } from '../explain.ts';
import type { QueueLine, RouterAgent, RouterState, WaitingItem } from '../model.ts';
import { freePlaceOf } from '../queues/queue-line.ts';
import { sizeOf } from '../sorted-map.ts';
import { freeTable } from '../tables.ts';
import { agentOf, lineOf, linesOf, waitingIn } from '../views.ts';

/**
 * "Why am I getting nothing?": what holds at this moment, as codes with facts, the plainest first. Durations in ms.
 *
 *   agentUnknown {}
 *   agentSignedOut, agentNotReachable, agentSupervising, agentRinging, agentWrappingUp { sinceMs }, agentRinging with the channel of written work
 *   agentNotReady { reason, sinceMs }   agentEngaged { works, sinceMs }   agentFull { load }
 *   agentTakenOutOf { nameEn, nameZh }, one for each queue   agentHasNoQueues {}
 *   queueHasNothing { queues }: in how many of theirs nobody waits
 *   queueNeedsMore { nameEn, nameZh, waiting, needs, inMs }: who waits there asks for more than they have, until `inMs` (-1: for good)
 *   queueHeldForOthers { nameEn, nameZh, count }   queueOthersFirst { nameEn, nameZh, before }
 */
export function whyAgent(state: RouterState, agentId: AgentId, at: number): readonly Reason[] {
  const agent = agentOf(state, agentId);
  if (agent === null) return [{ code: 'agentUnknown', facts: {} }];
  return [...ownState(agent, at), ...queues(state, agent, at)];
}

/** What they chose, and what the system knows of them. */
function ownState(agent: RouterAgent, at: number): Reason[] {
  const sinceMs = Math.max(0, Math.round(at - agent.changedAt));
  const reasons: Reason[] = [];
  if (agent.presence === 'loggedOut') return [{ code: 'agentSignedOut', facts: { sinceMs } }];
  if (agent.presence === 'notReady') reasons.push({ code: 'agentNotReady', facts: { reason: agent.notReadyReason ?? '', sinceMs } });
  if (isOutOfReach(agent)) reasons.push({ code: 'agentNotReachable', facts: { sinceMs } });
  switch (workStateOf(agent)) {
    case 'supervising':
      reasons.push({ code: 'agentSupervising', facts: { sinceMs } });
      break;
    case 'reserved':
      reasons.push({ code: 'agentRinging', facts: { sinceMs, ...offeredWritten(agent) } });
      break;
    case 'engaged':
      reasons.push({ code: 'agentEngaged', facts: { works: agent.works.filter(({ state }) => state === 'engaged').length, sinceMs } });
      break;
    case 'wrappingUp':
      reasons.push({ code: 'agentWrappingUp', facts: { sinceMs } });
      break;
    case 'idle':
    case 'notReachable':
      break;
  }
  return reasons;
}

/** Written work is offered, it does not ring. */
function offeredWritten({ works }: RouterAgent): { readonly channel?: string } {
  const [first] = works;
  return first && works.every(({ channel }) => channel !== 'voice') ? { channel: first.channel } : {};
}

function queues(state: RouterState, agent: RouterAgent, at: number): Reason[] {
  const reasons: Reason[] = [];
  for (const queueId of agent.settings.leftQueueIds) {
    const line = lineOf(state, queueId);
    if (line !== null) reasons.push({ code: 'agentTakenOutOf', facts: nameOf(line.queue) });
  }
  if (agent.memberships.length === 0) return [...reasons, { code: 'agentHasNoQueues', facts: {} }];

  const own = agent.memberships.flatMap(({ queueId, ring }) => {
    const line = lineOf(state, queueId);
    return line === null ? [] : [{ line, ring }];
  });
  const empty = own.filter(({ line }) => sizeOf(line.waiting) === 0);
  if (empty.length > 0) reasons.push({ code: 'queueHasNothing', facts: { queues: empty.length } });
  if (agent.works.length > 0 && own.every(({ line }) => !mayTake(agent, line.queue.channel))) {
    reasons.push({ code: 'agentFull', facts: { load: loadOf(agent) } });
  }
  for (const { line, ring } of own) {
    if (sizeOf(line.waiting) > 0) reasons.push(...oneQueue(line, ring, waitingIn(state, line), at));
    reasons.push(...othersFirst(line, ring, agent));
  }
  if (own.every(({ line }) => sizeOf(line.waiting) === 0)) reasons.push(...unreachableWork(state, agent));
  return reasons;
}

/** Why what waits in one of their queues is not theirs. */
function oneQueue(line: QueueLine, ring: number, waiting: readonly WaitingItem[], at: number): Reason[] {
  const { queue } = line;
  const reasons: Reason[] = [];
  const held = waiting.filter((item) => item.preferred !== null).length;
  if (held > 0) reasons.push({ code: 'queueHeldForOthers', facts: { ...nameOf(queue), count: held } });
  const early = waiting.filter((item) => item.ring < ring);
  const [eldest] = early.toSorted((a, b) => a.queuedAt - b.queuedAt);
  const needed = queue.rings[ring];
  if (eldest && needed) {
    const needs = skillExpressionText((queue.rings[eldest.ring] ?? queue.rings[0]).needs);
    const inMs = Math.max(0, Math.round(eldest.queuedAt + needed.afterMs - at));
    reasons.push({ code: 'queueNeedsMore', facts: { ...nameOf(queue), waiting: early.length, needs, inMs } });
  }
  return reasons;
}

/** How many free people would be asked before them. */
function othersFirst(line: QueueLine, ring: number, agent: RouterAgent): Reason[] {
  const place = freePlaceOf(agent, line);
  if (place === null) return [];
  let before = freeTable.rank(line.free[ring] ?? null, place);
  for (let better = 0; better < ring; better++) before += sizeOf(line.free[better] ?? null);
  return before === 0 ? [] : [{ code: 'queueOthersFirst', facts: { ...nameOf(line.queue), before } }];
}

/** Work waits, but in queues that will never ask for them. */
function unreachableWork(state: RouterState, agent: RouterAgent): Reason[] {
  return linesOf(state).flatMap((line): Reason[] => {
    const { queue } = line;
    const isTheirs = agent.memberships.some(({ queueId }) => queueId === queue.queueId);
    if (isTheirs || agent.settings.leftQueueIds.includes(queue.queueId) || sizeOf(line.waiting) === 0) return [];
    const widest = queue.rings[queue.rings.length - 1] ?? queue.rings[0];
    const facts = { ...nameOf(queue), waiting: sizeOf(line.waiting), needs: skillExpressionText(widest.needs), inMs: -1 };
    return [{ code: 'queueNeedsMore', facts }];
  });
}
