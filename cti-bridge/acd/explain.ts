import type { Reason } from '../../shared/contracts/queue.ts';
import type { QueueLine, RouterAgent, WaitingItem } from './model.ts';
import { levelOf } from './skills/meets-needs.ts';
import { firstOf, sizeOf } from './sorted-map.ts';
import type { Strategy } from './strategies/strategy.ts';

/**
 * "Why you?": the reasons for one offer, as codes with facts, in the order in which they are said. Written when the offer is made, from exactly what the
 * decision was made of, so they can never disagree with it. The facts of each:
 *
 *   queueChosen { queueId, nameEn, nameZh }   skillMatched { skill, level }, one for each need
 *   priority { priority }, or waitedLongest { waitedMs, ofItems }
 *   onlyAgentFree {}, or the strategy's own: longestIdle { idleMs, ofAgents }
 *   returnedAfterNoAnswer { times }
 */
export function explain(
  line: QueueLine,
  item: WaitingItem,
  chosen: { readonly agent: RouterAgent; readonly ofAgents: number; readonly strategy: Strategy },
  at: number,
): readonly Reason[] {
  const { queue } = line;
  const { agent, ofAgents, strategy } = chosen;
  return [
    { code: 'queueChosen', facts: { queueId: queue.queueId, nameEn: queue.name.en, nameZh: queue.name.zh } },
    ...queue.needs.map(({ skill }): Reason => ({ code: 'skillMatched', facts: { skill, level: levelOf(agent.skills, skill) } })),
    ...whyThisItem(line, item, at),
    ofAgents === 1 ? { code: 'onlyAgentFree', facts: {} } : strategy.reason(agent, ofAgents, at),
    ...(item.missedOffers > 0 ? [{ code: 'returnedAfterNoAnswer', facts: { times: item.missedOffers } } as const] : []),
  ];
}

/** Why this item and not another one that waits: it outranks the queue's usual priority, or it waited longest of several. */
function whyThisItem(line: QueueLine, item: WaitingItem, at: number): readonly Reason[] {
  if (item.priority > line.queue.priority) return [{ code: 'priority', facts: { priority: item.priority } }];
  const ofItems = sizeOf(line.waiting);
  const waitedLongest = ofItems > 1 && firstOf(line.byWait)?.value === item.workItemId;
  return waitedLongest ? [{ code: 'waitedLongest', facts: { waitedMs: Math.max(0, Math.round(at - item.queuedAt)), ofItems } }] : [];
}
