import { describe, expect, it } from 'vitest';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { days, hours, minutes } from '../../../../shared/duration.ts';
import { asId, type ConversationId, type QueueId } from '../../../../shared/ids.ts';
import { queueOf } from '../../acd/floor.ts';
import { lena } from '../fakes.ts';
import { writtenHouse } from './written-house.ts';

const asker = { userId: 'u-lena', agentId: lena, name: 'Lena', roles: ['agent'] } as unknown as Asker;

/** Lena is there, has room for one of each, and takes what is offered. */
async function houseOfLena() {
  const house = writtenHouse();
  const { routing, messages, configuration, desktops, store, clock } = house;
  Object.assign(store, { readDraft: async () => null, readMessages: async () => [], seen: async () => {} });
  const chats = queueOf('chats', { channel: 'chat' });
  routing.tell({ type: 'queue:configured', queue: chats });
  const done = { code: 'done', name: { en: 'Done', zh: '完成' }, parent: null };
  Object.assign(configuration, { queues: [...configuration.queues, chats], dispositions: [done] });
  const one = { max: 1, weight: 20, interrupts: [] };
  const settings = {
    skills: {},
    capacity: { email: one, chat: one },
    teamId: null,
    orgUnitId: null,
    leftQueueIds: [] as QueueId[],
    weight: 1,
  };
  routing.tell({ type: 'agent:configured', agentId: lena, settings });
  await house.ready(lena, '6012');
  return {
    ...house,
    async take() {
      await clock.run(0);
      const { reservationId } = desktops.of('reservation:offered', lena).at(-1) ?? { reservationId: '' };
      const taken = await messages.inbox['reservation:accept'](asker, { reservationId });
      return taken.ok ? taken.value.interactionId : 'none';
    },
    states: () => messages.inboxOf(lena).mine.map(({ state }) => state),
  };
}

describe('what is put off', () => {
  it('comes back to whoever put it off at its time, months away too, and no timer runs that long', async () => {
    const { mail, take, clock, messages, states } = await houseOfLena();
    const timer = clock.timer.bind(clock);
    let longest = 0;
    clock.timer = (delayMs, fire) => {
      longest = Math.max(longest, delayMs);
      return timer(delayMs, fire);
    };
    await mail({});
    const interactionId = await take();
    const until = clock.now() + days(40) + hours(3);
    expect(await messages.inbox['inbox:snooze'](asker, { interactionId, until })).toMatchObject({ ok: true, value: { state: 'snoozed' } });
    await clock.run(days(40) + hours(3) - 1);
    expect(states()).toEqual(['snoozed']);
    await clock.run(1);
    await clock.run(0);
    expect(states()).toEqual(['open']);
    expect(longest).toBeLessThanOrEqual(days(1));
  });

  it('comes back when the customer writes before that', async () => {
    const { mail, take, clock, messages, states } = await houseOfLena();
    await mail({ internetMessageId: '<one@example.cn>' });
    const interactionId = await take();
    await messages.inbox['inbox:snooze'](asker, { interactionId, until: clock.now() + days(2) });
    await clock.run(hours(1));
    await mail({ internetMessageId: '<two@example.cn>', inReplyTo: ['<one@example.cn>'], text: 'And?' });
    await clock.run(0);
    expect(states()).toEqual(['open']);
    await clock.run(days(3));
    expect(states()).toEqual(['open']);
  });
});

it('a visitor who writes again days after the chat was finished is in the same conversation, and with an agent', async () => {
  const { messages, store, clock, take, desktops } = await houseOfLena();
  const at = { siteId: 'shop', lastSeq: 0, locale: 'en' as const, page: { url: null, title: null } };
  const form = { name: 'Aylin Demir', email: null, phone: null, topic: null };
  const opened = await messages.chat.open({ ...at, token: null, form });
  const conversationId = opened?.conversationId ?? asId<ConversationId>('none');
  Object.assign(store, {
    findByToken: async () => store.conversations.get(conversationId) ?? null,
    readMessagesAfter: async () => store.messages.filter((each) => each.conversationId === conversationId),
  });
  await messages.chat.write(conversationId, { clientId: 'line-0001', text: 'Can the lines move?' });
  const first = await take();
  await messages.inbox['inbox:close'](asker, { interactionId: first, dispositionCode: 'done', note: '' });
  await clock.run(days(3));
  const again = await messages.chat.open({ ...at, token: 'token', form });
  expect(again).toMatchObject({ conversationId, state: { state: 'closed' } });
  expect(again?.lines.map(({ text }) => text)).toContain('Can the lines move?');
  await messages.chat.write(conversationId, { clientId: 'line-0002', text: 'I am back.' });
  await clock.run(minutes(0));
  expect(desktops.of('reservation:offered', lena)).toHaveLength(2);
  const second = await take();
  expect(second).not.toBe(first);
  expect(messages.inboxOf(lena).mine.map(({ conversation }) => conversation.conversationId)).toEqual([conversationId]);
});
