import type { MessageRule } from '../../shared/contracts/messages/settings.ts';
import { type MessageFacts, MessageRules } from './message-rules.ts';

/** A message that came in before, and what became of it. */
export interface PastMessage extends MessageFacts {
  readonly id: string;
  /** Where it went; null where nobody knows any more. */
  readonly wentTo: string | null;
}

/** What rules would have done with messages of before. */
export interface RulesTrial {
  readonly messages: number;
  /** In the order of the rules, also those that are off and decide nothing. */
  readonly rules: readonly RuleTrial[];
  /** For which no rule would have decided. */
  readonly without: { readonly count: number; readonly ids: readonly string[] };
  /** How many went, and would have gone, to each queue that got any. */
  readonly queues: readonly { readonly queueId: string; readonly now: number; readonly then: number }[];
  /** That would have gone elsewhere than they went. */
  readonly moved: { readonly count: number; readonly moves: readonly TriedMove[] };
}

export interface RuleTrial {
  readonly ruleId: string;
  /** Messages it decides. */
  readonly count: number;
  /** The first of them. */
  readonly ids: readonly string[];
  /** Messages that it would decide if no rule before it did. */
  readonly leftToEarlier: number;
}

export interface TriedMove {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

const mostTold = 50;

/** Judges past messages by rules that are not in force yet. Nothing is changed by it. */
export function tryMessageRules(rules: readonly MessageRule[], messages: Iterable<PastMessage>): RulesTrial {
  const judge = new MessageRules(rules);
  const counted = new Map(rules.map(({ id }) => [id, { count: 0, ids: [] as string[], leftToEarlier: 0 }]));
  const without = { count: 0, ids: [] as string[] };
  const moves: TriedMove[] = [];
  const queues = new Map<string, { now: number; then: number }>();
  const ofQueue = (queueId: string) => {
    const counts = queues.get(queueId) ?? { now: 0, then: 0 };
    queues.set(queueId, counts);
    return counts;
  };
  let moved = 0;
  let count = 0;
  for (const message of messages) {
    count++;
    const { decided, alsoHold } = judge.weigh(message);
    const { ruleId, queueId } = decided;
    const place = ruleId === null ? without : counted.get(ruleId);
    if (place && ++place.count <= mostTold) place.ids.push(message.id);
    for (const other of alsoHold) {
      const left = counted.get(other);
      if (left) left.leftToEarlier++;
    }
    if (message.wentTo !== null) ofQueue(message.wentTo).now++;
    ofQueue(queueId).then++;
    if (message.wentTo === null || message.wentTo === queueId) continue;
    if (++moved <= mostTold) moves.push({ id: message.id, from: message.wentTo, to: queueId });
  }
  return {
    messages: count,
    rules: rules.map(({ id }) => ({ ruleId: id, ...(counted.get(id) ?? { count: 0, ids: [], leftToEarlier: 0 }) })),
    without,
    queues: [...queues].map(([queueId, counts]) => ({ queueId, ...counts })),
    moved: { count: moved, moves },
  };
}
