import { expect, test } from 'vitest';
import { emptyRouterState } from '../../../../cti-bridge/acd/index.ts';
import { createChatHouse } from '../../../../cti-bridge/flows/messages/chat-house.ts';
import type { MessageContext } from '../../../../cti-bridge/flows/messages/context.ts';
import { InTurn } from '../../../../cti-bridge/flows/messages/in-turn.ts';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { asId, type ConversationId, type QueueId } from '../../../../shared/ids.ts';
import { queueOf } from '../../acd/floor.ts';
import { lena } from '../fakes.ts';
import { writtenHouse } from './written-house.ts';

test('a visitor who ends the chat is told so, and whoever has it reads it: the contact stays theirs to finish', async () => {
  const conversationId = asId<ConversationId>('c-1');
  const conversation = { conversationId, channel: 'chat', sourceId: 'shop', name: 'Aylin Demir', lastSeq: 4 };
  const work = { conversation, interactionId: 'i-1', holders: ['lena'], stored: { state: 'open', takenAt: 1 } };
  const told: unknown[] = [];
  const pushed: unknown[] = [];
  const context = {
    clock: { now: () => 1 },
    ids: { next: () => 'm-5' },
    works: { ofConversation: (id: string) => (id === conversationId ? work : null), inTurn: new InTurn() },
    routing: { state: emptyRouterState },
    conversations: {
      store: async ({ message }: { message: object }) => ({ message: { ...message, seq: 5, conversationId, html: null }, isNew: true }),
    },
    configuration: () => ({ chatSites: [{ id: 'shop', rating: true }] }),
    visitors: { tell: (_id: string, what: unknown) => told.push(what) },
    desktops: { push: (...what: unknown[]) => pushed.push(what) },
  } as unknown as MessageContext;
  const house = createChatHouse(context, { newToken: () => 'token', isOpen: () => true } as never);
  await house.leave(conversationId);
  expect(told).toMatchObject([
    { kind: 'line', line: { seq: 5, by: 'system', text: 'closedByVisitor' } },
    { kind: 'state', state: { state: 'closed', mayRate: true } },
  ]);
  expect(pushed).toMatchObject([['lena', 'message:changed', { kind: 'event', text: 'closedByVisitor', author: { name: 'Aylin Demir' } }]]);
  await house.leave(asId<ConversationId>('never-written'));
  expect(told).toHaveLength(2);
});

/** Somebody writes while nobody is free, and waits. */
async function waitingChat(email: string | null) {
  const house = writtenHouse();
  const { routing, messages, clock, configuration } = house;
  const chats = queueOf('chats', { channel: 'chat' });
  routing.tell({ type: 'queue:configured', queue: chats });
  Object.assign(configuration, { queues: [...configuration.queues, chats] });
  const capacity = { chat: { max: 1, weight: 20, interrupts: [] } };
  const settings = { skills: {}, capacity, teamId: null, orgUnitId: null, leftQueueIds: [] as QueueId[], weight: 1 };
  routing.tell({ type: 'agent:configured', agentId: lena, settings });
  const form = { name: 'Aylin Demir', email, phone: null, topic: null };
  const at = { siteId: 'shop', token: null, lastSeq: 0, locale: 'en' as const, page: { url: null, title: null } };
  const opened = await messages.chat.open({ ...at, form });
  const conversationId = opened?.conversationId ?? asId<ConversationId>('none');
  await messages.chat.write(conversationId, { clientId: 'line-0001', text: 'Is anybody there?' });
  await clock.run(5_000);
  /** As the widget does after a reload. */
  const reload = async () => (await messages.chat.open({ ...at, token: 'token', form }))?.state;
  return { ...house, conversationId, reload };
}

test('a visitor who leaves while still waiting has abandoned: their doing, on the record, and nobody is offered it any more', async () => {
  const { messages, conversationId, store, events, desktops, ready } = await waitingChat(null);
  expect(messages.inboxOf(lena).waiting).toHaveLength(1);
  await messages.chat.leave(conversationId);
  expect(events.filter(({ type }) => type === 'interaction:ended')).toMatchObject([
    { end: { by: 'caller', reason: 'abandoned', fault: 'caller' }, waitedMs: 5_000 },
  ]);
  expect(messages.inboxOf(lena).waiting).toEqual([]);
  expect(desktops.of('inbox:waiting-gone', lena)).toHaveLength(1);
  expect(store.works.size).toBe(0);
  await ready(lena, '6012');
  expect(desktops.of('reservation:offered')).toEqual([]);

  await messages.chat.write(conversationId, { clientId: 'line-0002', text: 'I am back.' });
  expect(store.works.size).toBe(1);
});

test('a visitor who left an address before leaving the line is still to be answered', async () => {
  const { messages, conversationId, store, events } = await waitingChat('aylin@demir.example');
  await messages.chat.leave(conversationId);
  expect(events.filter(({ type }) => type === 'interaction:ended')).toEqual([]);
  expect(messages.inboxOf(lena).waiting).toMatchObject([{ preview: 'Is anybody there?' }]);
  expect([...store.works.values()]).toMatchObject([{ state: 'queued' }]);
});

test('an offer that rings as the visitor leaves is taken back, and what cannot be stored waits as it did', async () => {
  const { messages, conversationId, store, desktops, ready, clock } = await waitingChat(null);
  await ready(lena, '6012');
  await clock.run(0);
  const offer = desktops.of('reservation:offered')[0];
  const endWork = store.endWork.bind(store);
  store.endWork = () => Promise.reject(new Error('disk'));
  await expect(messages.chat.leave(conversationId)).rejects.toThrow('disk');
  expect(desktops.of('reservation:ended')).toMatchObject([{ reservationId: offer?.reservationId, cause: 'callerLeft' }]);
  await clock.run(0);
  expect(desktops.of('reservation:offered')).toHaveLength(2);
  store.endWork = endWork;
  await messages.chat.leave(conversationId);
  await clock.run(0);
  expect(desktops.of('reservation:ended')).toHaveLength(2);
  expect(store.works.size).toBe(0);
});

test('only who was served is asked to rate it, after a reload too: not whoever left before that', async () => {
  const { messages, conversationId, store, reload, surveys, clock, ready, desktops, configuration } = await waitingChat(null);
  const found = async () => store.conversations.get(conversationId) ?? null;
  Object.assign(store, { findByToken: found, readMessagesAfter: async () => [], readDraft: async () => null });
  Object.assign(configuration, { dispositions: [{ code: 'done', name: { en: 'Done', zh: '完成' }, parent: null }] });
  await messages.chat.leave(conversationId);
  expect(await reload()).toMatchObject({ state: 'closed', mayRate: false });
  await messages.chat.rate(conversationId, { score: 1, text: 'Nobody came.' });
  expect(surveys.answers.size).toBe(0);

  await messages.chat.write(conversationId, { clientId: 'line-0002', text: 'I am back.' });
  await ready(lena, '6012');
  await clock.run(0);
  const { reservationId } = desktops.of('reservation:offered')[0] ?? { reservationId: '' };
  const asker = { userId: 'u-lena', agentId: lena, name: 'Lena', roles: ['agent'] } as unknown as Asker;
  await messages.inbox['reservation:accept'](asker, { reservationId });
  const interactionId = [...store.works.keys()][0] ?? '';
  await messages.inbox['inbox:close'](asker, { interactionId, dispositionCode: 'done', note: '' });
  expect(await reload()).toMatchObject({ state: 'closed', mayRate: true });
  await messages.chat.rate(conversationId, { score: 5, text: 'Quick.' });
  expect([...surveys.answers.keys()]).toEqual([interactionId]);
});
