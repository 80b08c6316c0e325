import type { Reason } from '../../shared/contracts/queue.ts';
import { levelOf, skillExpressionText, skillsOf } from '../../shared/skill-expression.ts';
import type { Queue, QueueLine, RouterAgent, WaitingItem } from './model.ts';
import { withItemNeeds } from './queues/item-needs.ts';
import { ringFor, risenPriority } from './queues/queue-line.ts';
import { firstOf, sizeOf } from './sorted-map.ts';
import { strategies } from './strategies/by-name.ts';

/**
 * "Why you?": the reasons for one offer, as codes with facts, in the order in which they are said. Written when the offer is made, from exactly what the
 * decision was made of, so they can never disagree with it. The facts of each:
 *
 *   queueChosen, movedFrom { queueId, nameEn, nameZh }, the first with the channel of written work
 *   skillMatched { skill, level }, one for each skill asked for that they have
 *   ringWidened { ring from 2, afterMs, needs }
 *   returned {}, bypass { tier }, aged { priority, points, waitedMs }, priority { priority }, or waitedLongest { waitedMs, ofItems }
 *   agreed, lastAgent, accountManager { waitedMs }
 *   onlyAgentFree {}, or the strategy's own with { ofAgents }
 *   returnedAfterNoAnswer { times }
 */
export function explain(
  line: QueueLine,
  item: WaitingItem,
  chosen: { readonly agent: RouterAgent; readonly ofAgents: number },
  at: number,
): readonly Reason[] {
  const { queue } = line;
  const { agent, ofAgents } = chosen;
  const ring = ringFor(agent.settings, queue);
  const asked = queue.rings[ring ?? 0] ?? queue.rings[0];
  const { skills } = agent.settings;
  return [
    {
      code: 'queueChosen',
      facts: { queueId: queue.queueId, ...nameOf(queue), ...(queue.channel === 'voice' ? {} : { channel: queue.channel }) },
    },
    ...skillsOf(withItemNeeds(asked.needs, item))
      .map((skill) => ({ skill, level: levelOf(skills, skill) }))
      .filter(({ level }) => level > 0)
      .map((facts): Reason => ({ code: 'skillMatched', facts })),
    ...(ring !== null && ring > 0 ? whyWidened(queue, ring) : []),
    ...whyThisItem(line, item, at),
    whyThisAgent(queue, item, agent, ofAgents, at),
    ...(item.missedOffers > 0 ? [{ code: 'returnedAfterNoAnswer', facts: { times: item.missedOffers } } as const] : []),
  ];
}

/** Why this item and not another one that waits: it stands before all, outranks the queue's usual priority, or waited longest of several. */
function whyThisItem(line: QueueLine, item: WaitingItem, at: number): readonly Reason[] {
  if (item.rank === 'returned') return [{ code: 'returned', facts: {} }];
  if (item.rank === 'bypass') return [{ code: 'bypass', facts: { tier: item.tier ?? '' } }];
  const waitedMs = waited(item, at);
  const points = Math.floor(risenPriority(item, line.queue, at) - item.priority);
  if (points >= 1) return [{ code: 'aged', facts: { priority: item.priority, points, waitedMs } }];
  if (item.priority > line.queue.priority) return [{ code: 'priority', facts: { priority: item.priority } }];
  const ofItems = sizeOf(line.waiting);
  const waitedLongest = ofItems > 1 && firstOf(line.byWait)?.value === item.workItemId;
  return waitedLongest ? [{ code: 'waitedLongest', facts: { waitedMs, ofItems } }] : [];
}

function whyThisAgent(queue: Queue, item: WaitingItem, agent: RouterAgent, ofAgents: number, at: number): Reason {
  if (item.preferred?.agentId === agent.agentId) return { code: item.preferred.kind, facts: { waitedMs: waited(item, at) } };
  return ofAgents === 1 ? { code: 'onlyAgentFree', facts: {} } : strategies[queue.strategy].reason(agent, queue, ofAgents, at);
}

export function whyWidened(queue: Queue, ring: number): readonly Reason[] {
  const { afterMs, needs } = queue.rings[ring] ?? queue.rings[0];
  return [{ code: 'ringWidened', facts: { ring: ring + 1, afterMs, needs: skillExpressionText(needs) } }];
}

export function whyClosed(queue: Queue): readonly Reason[] {
  return [{ code: 'queueClosed', facts: nameOf(queue) }];
}

export function whyFull(queue: Queue, waiting: number): readonly Reason[] {
  return [{ code: 'queueFull', facts: { ...nameOf(queue), waiting, most: queue.maxWaiting ?? waiting } }];
}

export function whyTooLong(queue: Queue, item: WaitingItem, at: number): readonly Reason[] {
  return [{ code: 'waitedTooLong', facts: { ...nameOf(queue), waitedMs: waited(item, at), limitMs: queue.maxWaitMs ?? 0 } }];
}

export function whyOverflowed(queue: Queue): readonly Reason[] {
  return [{ code: 'overflowed', facts: { ...nameOf(queue), afterMs: queue.overflow?.afterMs ?? 0 } }];
}

export function nameOf(queue: Queue): { readonly nameEn: string; readonly nameZh: string } {
  return { nameEn: queue.name.en, nameZh: queue.name.zh };
}

function waited(item: WaitingItem, at: number): number {
  return Math.max(0, Math.round(at - item.queuedAt));
}
