import { describe, expect, it } from 'vitest';
import type { OutboxEntry, StoredConversation, StoredMessage } from '../../../../cti-bridge/interactions/index.ts';
import { hours, minutes } from '../../../../shared/duration.ts';
import { asId, type ConversationId, type MessageId } from '../../../../shared/ids.ts';
import { type WrittenHouse, writtenHouse } from './written-house.ts';

const conversationId = asId<ConversationId>('conversation-1');
const messageId = asId<MessageId>('answer');
const internetId = '<answer@crosspoint.example>';

/** An answer to Wang is in the outbox; whoever wrote it is done with the contact. */
async function answered(
  { store, clock, messages }: WrittenHouse,
  { isAutomatic = false, channel = 'email' }: { readonly isAutomatic?: boolean; readonly channel?: 'email' | 'sms' } = {},
) {
  const at = clock.now();
  const conversation: StoredConversation = {
    ...{ conversationId, channel: 'email', sourceId: 'care', addressKey: 'wang@example.cn', address: 'wang@example.cn', name: 'Wang' },
    ...{ subject: 'Bill', contactId: null, locale: 'en', startedAt: at, lastAt: at, lastSeq: 0, threadToken: null, tokenDigest: null },
    ...{ page: null, visitorSeq: 0, agentSeq: 0 },
  };
  const message: Omit<StoredMessage, 'seq' | 'conversationId' | 'html'> = {
    ...{
      messageId,
      kind: 'out',
      at,
      state: { name: 'queued', why: null, at },
      subject: 'Re: Bill',
      text: 'Because.',
      quoted: '',
      htmlText: null,
    },
    ...{ interactionId: null, author: { kind: 'agent', name: 'Lena' }, agentId: null, mail: null, sms: null, files: [], leftOut: [] },
    ...{ internetId, clientId: 'agent:1', isAutomatic },
  };
  const outbox: OutboxEntry = {
    ...{
      messageId,
      channel,
      sourceId: 'care',
      to: [{ address: 'wang@example.cn', name: null }],
      cc: [],
      bcc: [],
      subject: 'Re: Bill',
    },
    ...{ text: 'Because.', html: null, internetId, inReplyTo: null, references: [], fileIds: [], isAutomatic, attempts: 0, nextAt: at },
  };
  await store.store({
    ...{ conversation, message: { ...message, hasRemoteContent: false }, outbox, references: [{ internetId, digest: '' }] },
    ...{ files: [], arrivalId: null, partIds: [], work: null, endsDraftOf: null, timeline: null },
  });
  await messages.resume();
  await clock.run(0);
}

const stateOf = ({ store }: WrittenHouse) => store.messages.find((each) => each.messageId === messageId)?.state;
const events = ({ store }: WrittenHouse) =>
  store.messages.filter((each) => each.conversationId === conversationId && each.kind === 'event');

const bounce = (isPermanent: boolean) => ({
  internetMessageId: '<bounce@example.cn>',
  from: { address: 'mailer-daemon@example.cn', name: 'Mail Delivery System' },
  automatic: 'bounce' as const,
  bounce: { of: internetId, recipient: 'wang@example.cn', isPermanent, why: '550 no such user' },
});

describe('a mail of ours that comes back', () => {
  it('has failed, and is somebody’s work again where its writer is done with it', async () => {
    const house = writtenHouse();
    await answered(house);
    expect(house.store.works.size).toBe(0);
    const arrival = await house.mail(bounce(true), null);
    expect(stateOf(house)).toMatchObject({ name: 'failed', why: 'wang@example.cn: 550 no such user' });
    const said = { text: 'bounced', quoted: '550 no such user', author: { kind: 'system', name: 'wang@example.cn' } };
    expect(events(house)).toMatchObject([said]);
    expect([...house.store.works.values()]).toMatchObject([{ conversationId, state: 'queued', queueId: 'mail' }]);
    expect(arrival?.state).toBe('taken');
  });

  it('is told where the conversation is somebody’s work already, which it stays once', async () => {
    const house = writtenHouse();
    await answered(house);
    await house.mail({ inReplyTo: [internetId] });
    await house.mail(bounce(true), null);
    expect(events(house)).toMatchObject([{ text: 'bounced' }]);
    expect(house.store.works.size).toBe(1);
  });

  it('by two ways, is told once', async () => {
    const house = writtenHouse();
    await answered(house);
    await house.mail(bounce(true), null);
    await house.mail(bounce(true), null);
    expect(events(house)).toHaveLength(1);
  });

  it('for now only, is told, stays sent, and is nobody’s work', async () => {
    const house = writtenHouse();
    await answered(house);
    const arrival = await house.mail(bounce(false), null);
    expect(stateOf(house)).toMatchObject({ name: 'sent' });
    expect(events(house)).toMatchObject([{ text: 'delayed', quoted: '550 no such user' }]);
    expect(arrival?.state).toBe('taken');
    expect(house.store.works.size).toBe(0);
  });

  it('is nobody’s work where no person wrote it', async () => {
    const house = writtenHouse();
    await answered(house, { isAutomatic: true });
    await house.mail(bounce(true), null);
    expect(stateOf(house)).toMatchObject({ name: 'failed' });
    expect(house.store.works.size).toBe(0);
  });
});

it.each(['email', 'sms'] as const)(
  'a message by %s of which nobody said anything for a day: only texts have receipts to miss',
  async (channel) => {
    const house = writtenHouse();
    const { store } = house;
    const named = new Set<string>();
    const { settleOutbox } = store;
    store.settleOutbox = async (id, as, at) => {
      if ('providerKeys' in as && as.providerKeys.length > 0) named.add(id);
      return settleOutbox.call(store, id, as, at);
    };
    Object.assign(store, {
      withoutReceipt: async (before: number, at: number) => {
        const state = stateOf(house);
        if (!named.has(messageId) || state?.name !== 'sent' || state.at >= before) return [];
        const changed = await store.changeState(messageId, ['sent'], { state: 'noReceipt', why: null }, at);
        return changed ? [changed] : [];
      },
    });
    house.carrier.outcome = { kind: 'taken', providerIds: ['4711'] };
    await answered(house, { channel });
    await house.clock.run(hours(24));
    expect(stateOf(house)?.name).toBe('sent');
    await house.clock.run(minutes(11));
    expect(stateOf(house)?.name).toBe(channel === 'sms' ? 'noReceipt' : 'sent');
  },
);

describe('a message that cannot leave', () => {
  it('comes again, later and later, until a day after it was written; then it has failed by that name, and is somebody’s work', async () => {
    const house = writtenHouse();
    house.carrier.outcome = { kind: 'notNow', why: 'mail.example:25 does not answer in time.', retryAfterMs: null };
    await answered(house);
    await house.clock.run(minutes(1));
    expect(house.sent.length).toBeLessThanOrEqual(4);
    await house.clock.run(hours(23));
    expect(stateOf(house)).toMatchObject({ name: 'queued', why: 'mail.example:25 does not answer in time.' });
    expect(house.store.works.size).toBe(0);
    await house.clock.run(hours(2));
    const why = 'gaveUp: mail.example:25 does not answer in time.';
    expect(stateOf(house)).toMatchObject({ name: 'failed', why });
    expect(house.sent.length).toBeLessThan(40);
    // Whoever has it already knows it again.
    expect(new Set(house.sent.map((each) => ('internetMessageId' in each ? each.internetMessageId : null)))).toEqual(new Set([internetId]));
    expect(house.store.outbox.size).toBe(0);
    expect(events(house)).toMatchObject([{ text: 'failed', quoted: why }]);
    expect(house.store.works.size).toBe(1);
  });

  it('while its server is down, leaves within five minutes of its return, after as many hours as that took', async () => {
    const house = writtenHouse();
    house.carrier.outcome = { kind: 'notNow', why: 'mail.example:25 does not answer.', retryAfterMs: minutes(1) };
    await answered(house);
    await house.clock.run(hours(4));
    expect(stateOf(house)).toMatchObject({ name: 'queued', why: 'mail.example:25 does not answer.' });
    const asked = house.sent.length;
    house.carrier.outcome = { kind: 'taken', providerIds: ['4711'] };
    await house.clock.run(minutes(5));
    expect(stateOf(house)).toMatchObject({ name: 'sent' });
    expect(house.sent).toHaveLength(asked + 1);
  });

  it('and of which nobody knows, is never sent again, and is somebody’s work', async () => {
    const house = writtenHouse();
    house.carrier.outcome = { kind: 'unknown', why: 'The line broke.', providerIds: [] };
    await answered(house);
    await house.clock.run(hours(30));
    expect(house.sent).toHaveLength(1);
    expect(stateOf(house)).toMatchObject({ name: 'mayHaveBeenSent' });
    expect(events(house)).toMatchObject([{ text: 'mayHaveBeenSent' }]);
  });
});
