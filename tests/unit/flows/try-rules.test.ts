import { expect, it } from 'vitest';
import type { MessageContext } from '../../../cti-bridge/flows/messages/context.ts';
import { tryRules } from '../../../cti-bridge/flows/messages/try-rules.ts';
import { MessageRules } from '../../../cti-bridge/interactions/index.ts';
import type { MessageRule } from '../../../shared/contracts/messages/settings.ts';

const rule = (id: string, words: readonly string[], queue: string): MessageRule => ({
  ...{ id, name: { en: id, zh: id }, isOn: true },
  when: { channels: [], sources: [], from: [], words: [...words], languages: [], tiers: [] },
  then: { queue, needs: '', priority: null, answerWithinMinutes: null },
});
const bills = rule('bills', ['bill'], 'billing');
const sales = rule('sales', ['报价', 'bill'], 'sales');
const configuration = () =>
  ({
    ...{ mailboxes: [{ id: 'box', queue: 'mail' }], smsLines: [], chatSites: [], documentSources: [] },
    queues: [{ id: 'mail', channel: 'email' }],
  }) as unknown as ReturnType<MessageContext['configuration']>;
const message = (at: number, subject: string) =>
  ({ at, channel: 'email', sourceId: 'box', from: 'ada@x.example', subject, text: 'Hello', tier: null, queueId: null }) as const;

it('tells where messages go by the rules in force and where by those that are tried, and why', () => {
  const trial = tryRules([bills, sales], [message(3, '要报价'), message(2, 'My bill'), message(1, 'Thanks')], {
    configuration,
    rules: () => new MessageRules([bills]),
  });
  const moved = {
    ...{ at: 3, channel: 'email', from: 'ada@x.example', subject: '要报价', queueNow: 'mail', queueThen: 'sales', ruleId: 'sales' },
    why: [{ condition: 'words', found: '报价' }],
  };
  expect(trial).toMatchObject({
    ...{ messages: 3, moved: 1, moves: [moved] },
    byRule: [
      { ruleId: 'bills', count: 1, leftToEarlier: 0, examples: [{ subject: 'My bill', queueNow: 'billing', queueThen: 'billing' }] },
      { ruleId: 'sales', count: 1, leftToEarlier: 1, examples: [moved] },
      { ruleId: null, count: 1, examples: [{ subject: 'Thanks', ruleId: null, why: [] }] },
    ],
  });
  expect(new Map(trial.byQueue.map(({ queueId, now, then }) => [queueId, [now, then]]))).toEqual(
    new Map([
      ['mail', [2, 1]],
      ['sales', [0, 1]],
      ['billing', [1, 1]],
    ]),
  );
});
