import { describe, expect, it } from 'vitest';
import { type MessageFacts, MessageRules } from '../../../../cti-bridge/interactions/index.ts';
import { validateConfiguration } from '../../../../cti-bridge/organisation/index.ts';
import { demoConfiguration } from '../../../../cti-bridge/store/seed/organisation.ts';
import { templateFields, writtenChannels } from '../../../../shared/contracts/messages/settings.ts';
import { fillTemplate } from '../../../../shared/fill-template.ts';
import { meets, parseSkillExpression } from '../../../../shared/skill-expression.ts';

const demo = demoConfiguration();
const { queues, users, messageRules, messageTemplates } = demo;
const agents = users.flatMap(({ agent, role }) => (agent && role === 'agent' ? [agent] : []));
const whoMeets = (...needs: string[]) =>
  agents.filter(({ skills }) =>
    needs.every((text) => {
      const parsed = parseSkillExpression(text);
      return parsed.ok && meets(parsed.expression, skills);
    }),
  );

describe('written contacts of the demo', () => {
  it('can be set up, with a network for text messages and without', () => {
    expect(validateConfiguration(demo)).toMatchObject({ ok: true });
    expect(validateConfiguration(demoConfiguration(true))).toMatchObject({ ok: true, configuration: { smsLines: [] } });
  });

  it('send only from mailboxes with a server that takes it, which is on this machine', () => {
    for (const { id, kind, outgoing, autoReply } of demo.mailboxes) {
      expect(outgoing?.host ?? null, id).toBe(kind === 'mail' ? '127.0.0.1' : null);
      if (autoReply) expect(outgoing, id).not.toBeNull();
    }
  });

  it('have a queue on every channel, and three agents at least for each rule on top of it', () => {
    for (const channel of writtenChannels) {
      const queue = queues.find((each) => each.channel === channel);
      expect(queue?.hours, channel).toBe(null);
      for (const { id, then } of messageRules.filter(({ when }) => when.channels.length === 0 || when.channels.includes(channel)))
        expect(whoMeets(queue?.needs ?? '', then.needs).length, `${channel}, ${id}`).toBeGreaterThanOrEqual(3);
    }
  });

  it('fit beside each other in the hands of one agent', () => {
    const { chat, email, sms } = demo.capacities[0]?.channels ?? {};
    expect((chat?.weight ?? 100) + 2 * (email?.weight ?? 100) + 2 * (sms?.weight ?? 100)).toBeLessThanOrEqual(100);
  });

  it.each([
    ['complaints', 'If this is not solved I will make a formal complaint to Ofcom.'],
    ['complaints', '再不解决我就去工信部投诉'],
    ['faults', 'There has been no signal since this morning'],
    ['faults', '我家宽带上不了网了'],
    ['bills', 'Why is my bill so high?'],
    ['bills', '帮我查一下话费'],
    [null, 'Do you have a shop in Leeds?'],
    [null, '你们几点下班'],
  ])('are judged by the rules: %s for “%s”', (ruleId, text) => {
    const facts: MessageFacts = { channel: 'sms', sourceId: 'service-number', queueId: 'texts', from: [], subject: '', text, tier: null };
    expect(new MessageRules(messageRules).classify(facts).ruleId).toBe(ruleId);
  });

  it('have templates on every channel that leave no gap where all is known', () => {
    const values = Object.fromEntries(templateFields.map((field) => [field, field]));
    for (const channel of writtenChannels) expect(messageTemplates.some(({ channels }) => channels.includes(channel))).toBe(true);
    for (const { subject, text } of messageTemplates)
      for (const part of [subject.en, subject.zh, text.en, text.zh]) expect(fillTemplate(part, values).gaps).toEqual([]);
  });
});
