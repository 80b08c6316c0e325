import { expect, test } from 'vitest';
import { createChatHouse } from '../../../../cti-bridge/flows/messages/chat-house.ts';
import type { MessageContext } from '../../../../cti-bridge/flows/messages/context.ts';
import { asId, type ConversationId } from '../../../../shared/ids.ts';

test('a visitor who ends the chat is told so, and whoever has it reads it: the contact stays theirs to finish', async () => {
  const conversationId = asId<ConversationId>('c-1');
  const conversation = { conversationId, channel: 'chat', sourceId: 'shop', name: 'Aylin Demir', lastSeq: 4 };
  const work = { conversation, interactionId: 'i-1', holders: ['lena'] };
  const told: unknown[] = [];
  const pushed: unknown[] = [];
  const context = {
    clock: { now: () => 1 },
    ids: { next: () => 'm-5' },
    works: { ofConversation: (id: string) => (id === conversationId ? work : null) },
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
