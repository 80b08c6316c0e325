import type { RulesTrial } from '../../../shared/contracts/messages/inbox.ts';
import type { MessageRule } from '../../../shared/contracts/messages/settings.ts';
import { type ConversationRepository, type MessageFacts, MessageRules, tryMessageRules } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import { queueOfSource } from './sources.ts';

const mostMoves = 10;
const mostExamples = 5;

/** What these rules would have done with messages of before, beside what the rules in force do with them. Nothing is changed by it. */
export function tryRules(
  tried: readonly MessageRule[],
  past: Awaited<ReturnType<ConversationRepository['readIncomingSince']>>,
  { configuration, rules }: Pick<MessageContext, 'configuration' | 'rules'>,
): RulesTrial {
  const inForce = rules();
  const messages = past.map((message, index) => {
    const facts: MessageFacts = {
      ...{ channel: message.channel, sourceId: message.sourceId, from: [message.from], subject: message.subject, text: message.text },
      queueId: queueOfSource(message.channel, message.sourceId, configuration()) ?? '',
      tier: message.tier,
    };
    return { ...facts, id: String(index), wentTo: inForce.classify(facts).queueId };
  });
  const trial = tryMessageRules(tried, messages);
  const judge = new MessageRules(tried);
  const sampleOf = (id: string): RulesTrial['moves'] => {
    const [message, facts] = [past[Number(id)], messages[Number(id)]];
    if (!message || !facts) return [];
    const { queueId, ruleId, why } = judge.classify(facts);
    const { at, from, channel } = message;
    return [
      {
        at,
        from,
        channel,
        subject: (message.subject || message.text).slice(0, 120),
        queueNow: facts.wentTo,
        queueThen: queueId,
        ruleId,
        why: [...why],
      },
    ];
  };
  return {
    messages: trial.messages,
    moved: trial.moved.count,
    moves: trial.moved.moves.slice(0, mostMoves).flatMap(({ id }) => sampleOf(id)),
    byQueue: trial.queues.map((each) => ({ ...each })),
    byRule: [
      ...trial.rules.map(({ ids, ...counts }) => ({ ...counts, examples: ids.slice(0, mostExamples).flatMap(sampleOf) })),
      { ruleId: null, count: trial.without.count, leftToEarlier: 0, examples: trial.without.ids.slice(0, mostExamples).flatMap(sampleOf) },
    ],
  };
}
