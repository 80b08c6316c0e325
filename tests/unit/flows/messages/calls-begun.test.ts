import { describe, expect, it } from 'vitest';
import { agentOf } from '../../../../cti-bridge/acd/index.ts';
import { Dialling } from '../../../../cti-bridge/flows/dialling.ts';
import { OutboundCalls } from '../../../../cti-bridge/flows/outbound-call.ts';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { silentLog } from '../../../../cti-bridge/kernel/index.ts';
import { plainTrunk } from '../../../../shared/contracts/calling.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { type AgentId, asId, type InteractionId, type QueueId } from '../../../../shared/ids.ts';
import { queueOf } from '../../acd/floor.ts';
import { smallConfiguration } from '../../organisation/configurations.ts';
import { billing, lena, wei } from '../fakes.ts';
import { writtenHouse } from './written-house.ts';

const number = '139 0000 4126';
const askers = (agentId: AgentId) => ({ userId: `u-${agentId}`, agentId, name: 'Lena Hartmann', may: () => true }) as unknown as Asker;

/** Lena has a chat in hand, of somebody who is known or is not, and may call out. */
async function withChat({ isKnown = true } = {}) {
  const house = writtenHouse();
  const { routing, messages, clock, configuration, context, customers, store, contacts, listeners } = house;
  listeners.push(messages.callsBegun.listener);
  if (!isKnown) contacts.found = [];
  const chats = queueOf('chats', { channel: 'chat' });
  routing.tell({ type: 'queue:configured', queue: chats });
  routing.tell({ type: 'queue:configured', queue: billing });
  Object.assign(configuration, { queues: [...configuration.queues, chats] });
  const capacity = { voice: { max: 1, weight: 100, interrupts: [] }, chat: { max: 3, weight: 30, interrupts: [] } };
  const settings = { skills: { billing: 5 }, capacity, teamId: null, orgUnitId: null, leftQueueIds: [] as QueueId[], weight: 1 };
  for (const agentId of [lena, wei]) routing.tell({ type: 'agent:configured', agentId, settings });

  const plain = smallConfiguration();
  const [one] = plain.users.filter(({ agent }) => agent !== null);
  const calling: Configuration = {
    ...plain,
    organisation: { ...plain.organisation, homeCountry: 'CN' },
    roles: [{ id: 'agent', name: { en: 'Agent', zh: '坐席' }, rights: ['session:own'] }],
    users: one?.agent ? [lena, wei].map((agentId) => ({ ...one, role: 'agent', agent: one.agent && { ...one.agent, id: agentId } })) : [],
    queues: [billing],
    trunks: [
      {
        id: 'first',
        name: { en: 'first', zh: 'first' },
        host: '192.0.2.1',
        port: 5060,
        transport: 'udp',
        username: null,
        password: null,
        ...plainTrunk(),
      },
    ],
  };
  const dialling = new Dialling({
    ...{ clock, log: silentLog, recorder: context.recorder, configuration: () => calling },
    ...{ conditions: () => new Map(), random: () => 0 },
  });
  const outbound = new OutboundCalls(
    { ...context, organisation: { ...context.organisation, queueIds: [asId<QueueId>(billing.id)] } } as typeof context,
    { customers, dialling, originOf: (agentId, conversationId) => messages.callsBegun.originOf(agentId, conversationId) },
  );

  await house.ready(lena, '6012');
  const found = async () => store.conversations.get(conversationId) ?? null;
  const readMessagesAfter = async () => store.messages.filter((each) => each.conversationId === conversationId);
  Object.assign(store, { findByToken: found, readMessagesAfter, readDraft: async () => null });
  Object.assign(configuration, { dispositions: [{ code: 'done', name: { en: 'Done', zh: '完成' }, parent: null }] });
  const form = { name: 'Aylin Demir', email: null, phone: null, topic: null };
  const at = { siteId: 'shop', token: null, lastSeq: 0, locale: 'en' as const, page: { url: null, title: null } };
  const conversationId = (await messages.chat.open({ ...at, form }))?.conversationId ?? '';
  await messages.chat.write(conversationId as never, { clientId: 'line-0001', text: 'Please call me.' });
  await clock.run(0);
  const [offer] = house.desktops.of('reservation:offered');
  const work = await messages.inbox['reservation:accept'](askers(lena), { reservationId: offer?.reservationId ?? '' });
  const linesOf = (text: string | RegExp) => store.messages.filter((each) => each.kind === 'event' && each.text.match(text) !== null);
  /** As the widget does after a reload. */
  const reload = () => messages.chat.open({ ...at, token: 'token', form });
  return { ...house, outbound, conversationId, work, linesOf, reload };
}

/** Lena has called whoever writes, and her own phone has answered. */
async function calling(setUp = {}) {
  const all = await withChat(setUp);
  const { outbound, clock, phones, customers, conversationId } = all;
  const answer = await outbound.dialCall(lena, { number, conversationId });
  await clock.run(10);
  phones.last.answers();
  await clock.run(10);
  const call = customers.calls.at(-1);
  if (!call || !answer.ok || !answer.value.isDialled) throw new Error('nothing was dialled');
  return { ...all, call, callId: answer.value.interactionId };
}

describe('a call that is begun from a chat', () => {
  it('is with whoever writes, without asking whose number it is, and the chat stays with its agent', async () => {
    const { contacts, desktops, events, callId, conversationId, routing, messages, call, clock } = await calling();
    const asked = contacts.asked.length;
    call.customerAnswers();
    await clock.run(10);
    expect(contacts.asked).toHaveLength(asked);
    expect(contacts.asked.every(({ kind }) => kind !== 'phone')).toBe(true);
    expect(desktops.of('interaction:assigned').at(-1)?.pop.match).toMatchObject({ kind: 'certain', contact: { contactId: 'c-margaret' } });
    const ofCall = events.filter((event) => 'interactionId' in event && event.interactionId === callId);
    expect(ofCall.find(({ type }) => type === 'interaction:received')).toMatchObject({ direction: 'outbound', begunIn: conversationId });
    expect(ofCall.find(({ type }) => type === 'interaction:identified')).toMatchObject({ match: 'certain' });
    expect(agentOf(routing.state, lena)?.works.map(({ channel, state }) => [channel, state])).toEqual([
      ['chat', 'engaged'],
      ['voice', 'engaged'],
    ]);
    expect(messages.inboxOf(lena).mine).toMatchObject([{ state: 'open', conversation: { conversationId } }]);
  });

  it('is told in the conversation with its number, and how long they talked once it is over: to colleagues, not to the visitor', async () => {
    const { call, clock, linesOf, desktops, told, reload } = await calling();
    expect(linesOf('called')).toMatchObject([{ author: { kind: 'system', name: 'Lena Hartmann' }, quoted: '139 0000 4126' }]);
    call.customerAnswers();
    await clock.run(192_000);
    call.finish({ by: 'caller', reason: 'hungUp', fault: 'caller' });
    await clock.run(10);
    expect(linesOf(/^talked/)).toMatchObject([{ text: 'talked 192' }]);
    expect(desktops.of('message:changed', lena).flatMap(({ kind, text }) => (kind === 'event' ? [text] : []))).toEqual([
      'joined',
      'called',
      'talked 192',
    ]);
    expect(told.map((each) => JSON.stringify(each)).filter((each) => /called|talked/.test(each))).toEqual([]);
    expect((await reload())?.lines.map(({ text }) => text)).toEqual(['Please call me.', 'joined']);
  });

  it('that nobody answers is said as such, also when its agent finished the chat meanwhile', async () => {
    const { call, clock, linesOf, store, work, messages } = await calling();
    if (!work.ok) throw new Error('not taken');
    const { interactionId } = work.value;
    await messages.inbox['inbox:close'](askers(lena), { interactionId, dispositionCode: 'done', note: '' });
    expect(store.works.size).toBe(0);
    call.customerIsBusy();
    await clock.run(10);
    expect(linesOf('notReached')).toMatchObject([{ interactionId }]);
    expect(store.works.size).toBe(0);
  });

  it('of somebody nobody knows is asked after by its number', async () => {
    const { contacts } = await calling({ isKnown: false });
    expect(contacts.asked.at(-1)).toMatchObject({ kind: 'phone' });
  });

  it('is nobody else’s to begin, and a number that may not be called leaves no line', async () => {
    const { outbound, conversationId, phones, linesOf, clock } = await withChat();
    expect(await outbound.dialCall(wei, { number, conversationId })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await outbound.dialCall(lena, { number, conversationId: 'another' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await outbound.dialCall(lena, { number: '6012', conversationId })).toMatchObject({ ok: true, value: { isDialled: false } });
    await clock.run(10);
    expect(phones.legs).toEqual([]);
    expect(linesOf('called')).toEqual([]);
  });

  it('is one at a time, however many chats there are', async () => {
    const { outbound, conversationId } = await calling();
    expect(await outbound.dialCall(lena, { number, conversationId })).toEqual({ ok: true, value: { isDialled: false, why: 'notFree' } });
  });
});

it('a call that was up over a restart has its last line in the conversation, and one that died with the bridge too', async () => {
  const { messages, conversationId, context, clock, linesOf } = await withChat();
  const open = (interactionId: string, agentId: AgentId | null) => ({
    ...{ interactionId: asId<InteractionId>(interactionId), isEnded: false, agentId, wrapUpEndsAt: null, storedDisposition: null },
    begunIn: conversationId as never,
  });
  messages.callsBegun.goOnWith([open('up', lena), open('died', null)]);
  const end = { by: 'system', reason: 'shutdown', fault: 'ours' } as const;
  for (const id of ['up', 'died']) await context.recorder.record(asId<InteractionId>(id), { type: 'interaction:ended', end });
  await clock.run(0);
  expect(linesOf(/callOver|notReached/).map(({ text, clientId }) => [text, clientId])).toEqual([
    ['callOver', 'call-over:up'],
    ['notReached', 'call-over:died'],
  ]);
});
