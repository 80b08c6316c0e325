import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageIntake, NewMessage, StoredConversation, StoredWork } from '../../../cti-bridge/interactions/index.ts';
import { messageReads } from '../../../cti-bridge/store/repositories/messages/message-reads.ts';
import { messageWrites } from '../../../cti-bridge/store/repositories/messages/message-writes.ts';
import { outboxWrites } from '../../../cti-bridge/store/repositories/messages/outbox-writes.ts';
import { hours } from '../../../shared/duration.ts';
import { asId, type ConversationId, type InteractionId, type MessageId } from '../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const at = Date.UTC(2026, 10, 22, 9);

function conversation(id: string, more: Partial<StoredConversation> = {}): StoredConversation {
  return {
    ...{
      conversationId: asId<ConversationId>(id),
      channel: 'email',
      sourceId: 'care',
      addressKey: 'mei@example.com',
      address: 'Mei@example.com',
    },
    ...{ name: '林晓梅', subject: 'Invoice', contactId: null, locale: 'zh', startedAt: at, lastAt: at, lastSeq: 0, threadToken: `T-${id}` },
    ...{ tokenDigest: null, page: null, visitorSeq: 0, agentSeq: 0 },
    ...more,
  };
}

function message(id: string, more: Partial<NewMessage> = {}): NewMessage {
  return {
    ...{ messageId: id, interactionId: null, kind: 'in', at, author: { kind: 'customer', name: '林晓梅' }, agentId: null, state: null },
    ...{ subject: 'Invoice', text: '发票 "); --', quoted: '', htmlText: null, hasRemoteContent: false, mail: null, sms: null, files: [] },
    ...{ leftOut: [], internetId: `<${id}@example.com>`, clientId: null, isAutomatic: false },
    ...more,
  };
}

function intake(one: StoredConversation, what: NewMessage, more: Partial<MessageIntake> = {}): MessageIntake {
  return {
    ...{
      conversation: one,
      message: what,
      files: [],
      references: [],
      arrivalId: null,
      partIds: [],
      work: null,
      outbox: null,
      endsDraftOf: null,
      timeline: null,
    },
    ...more,
  };
}

function outgoing(id: string, more: Partial<NonNullable<MessageIntake['outbox']>> = {}): NonNullable<MessageIntake['outbox']> {
  return {
    ...{
      messageId: asId<MessageId>(id),
      channel: 'sms',
      sourceId: 'line',
      to: [{ address: '+8613900004126', name: null }],
      cc: [],
      bcc: [],
    },
    ...{ subject: '', text: 'x', html: null, internetId: null, inReplyTo: null, references: [], fileIds: [], isAutomatic: false },
    ...{ attempts: 0, nextAt: at },
    ...more,
  };
}

describe.each(databases)('written contacts on $name', ({ open }) => {
  let under: DatabaseUnderTest;
  beforeAll(async () => {
    under = await open();
  });
  afterAll(() => under.close());
  const send = async (id: string, conversationId = `c-${id}`) => {
    const state = { name: 'queued' as const, why: null, at };
    await messageWrites.storeMessage(
      under.db,
      intake(conversation(conversationId), message(id, { kind: 'out', state, internetId: null }), { outbox: outgoing(id) }),
    );
  };
  const stateOf = async (id: string) => (await messageReads.readMessage(under.reads, asId<MessageId>(id)))?.state?.name;

  it('keeps what arrived once, however often it is told, and gives it out until it is read', async () => {
    const arrival = {
      ...{ arrivalId: 'a1', channel: 'email' as const, sourceId: 'care', onceKey: '7:1', receivedAt: at, bytes: 120, digest: 'd' },
      envelope: { from: 'mei@example.com', to: ['care@example.com'], fileName: null },
    };
    expect(await messageWrites.keepArrival(under.db, arrival)).toBe('kept');
    expect(await messageWrites.keepArrival(under.db, { ...arrival, arrivalId: 'a2' })).toBe('known');
    expect(await messageReads.isKnownArrival(under.reads, 'email', 'care', '7:1')).toBe(true);
    expect(await messageReads.readNewArrivals(under.reads, 10)).toEqual([arrival]);
    await messageWrites.settleArrival(under.db, 'a1', { state: 'quarantined', why: 'broken', text: 'what there was' });
    expect(await messageReads.readNewArrivals(under.reads, 10)).toEqual([]);
    expect(await messageReads.readQuarantine(under.reads)).toEqual([{ ...arrival, why: 'broken', text: 'what there was' }]);
    await messageWrites.settleArrival(under.db, 'a1', { state: 'new' });
    await messageWrites.storeMessage(under.db, intake(conversation('c-arrival'), message('m-arrival'), { arrivalId: 'a1' }));
    expect(await messageReads.readNewArrivals(under.reads, 10)).toEqual([]);
  });

  it('numbers the messages of a conversation one by one, and stores the same one once', async () => {
    const one = conversation('c1');
    const first = await messageWrites.storeMessage(under.db, intake(one, message('m1', { clientId: 'k1' })));
    const again = await messageWrites.storeMessage(under.db, intake(one, message('m1b', { clientId: 'k1' })));
    const second = await messageWrites.storeMessage(under.db, intake(one, message('m2', { clientId: 'k2' })));
    expect([first.message.seq, again.message.seq, second.message.seq]).toEqual([1, 1, 2]);
    expect([first.isNew, again.isNew, again.message.messageId]).toEqual([true, false, 'm1']);
    const read = await messageReads.readMessages(under.reads, one.conversationId, null, 10);
    expect(read.map(({ seq, text }) => [seq, text])).toEqual([
      [2, '发票 "); --'],
      [1, '发票 "); --'],
    ]);
    expect((await messageReads.readConversation(under.reads, one.conversationId))?.lastSeq).toBe(2);
  });

  it('finds a conversation by what its mails refer to, by its token and by its address', async () => {
    const one = conversation('c2', { addressKey: 'ref@example.com' });
    await messageWrites.storeMessage(under.db, intake(one, message('m3'), { references: [{ internetId: '<a@x>', digest: 'd1' }] }));
    const found = await messageReads.findByReferences(under.reads, ['<none@x>', '<a@x>']);
    expect(found.map(({ conversationId, digest }) => [conversationId, digest])).toEqual([['c2', 'd1']]);
    expect((await messageReads.findByThreadToken(under.reads, 'T-c2'))?.conversationId).toBe('c2');
    expect((await messageReads.findByAddress(under.reads, 'email', 'care', 'ref@example.com'))?.conversationId).toBe('c2');
  });

  it('gives out what is to be sent once, and says of what a stopped bridge had on its way that it may have been sent', async () => {
    await send('s1');
    expect((await outboxWrites.claimOutbox(under.db, at - 1, 10)).length).toBe(0);
    const [claimed] = await outboxWrites.claimOutbox(under.db, at, 10);
    expect(claimed).toMatchObject({ messageId: 's1', attempts: 1, to: [{ address: '+8613900004126' }] });
    expect(await outboxWrites.claimOutbox(under.db, at, 10)).toEqual([]);
    expect(await stateOf('s1')).toBe('sending');
    const left = await outboxWrites.outboxLeftBehind(under.db, at + 1);
    expect(left.map(({ messageId, state }) => [messageId, state?.name])).toEqual([['s1', 'mayHaveBeenSent']]);
    expect(await outboxWrites.claimOutbox(under.db, at + 2, 10)).toEqual([]);
    // As it left, until it is known what became of it.
    const s1 = asId<MessageId>('s1');
    expect(await messageReads.readOutbox(under.reads, s1)).toMatchObject({ messageId: 's1', to: claimed?.to, text: claimed?.text });
    await outboxWrites.changeMessageState(under.db, s1, ['mayHaveBeenSent'], { state: 'sent', why: null }, at + 3);
    expect(await messageReads.readOutbox(under.reads, s1)).toBeNull();
  });

  it('lets nothing overtake what waits to go to the same people, and holds up nobody else', async () => {
    const ours = { sourceId: 'in-order' };
    const queue = async (id: string, address = '+8613900004200') => {
      const state = { name: 'queued' as const, why: null, at };
      const to = [{ address, name: null }];
      await messageWrites.storeMessage(
        under.db,
        intake(conversation('c-order'), message(id, { kind: 'out', state, internetId: null }), { outbox: outgoing(id, { ...ours, to }) }),
      );
    };
    const claimed = async (now: number) => (await outboxWrites.claimOutbox(under.db, now, 10)).map(({ messageId }) => messageId);
    const notNow = (nextAt: number) => ({ state: 'queued' as const, why: 'down', nextAt });
    await queue('o1');
    expect(await claimed(at)).toEqual(['o1']);
    await outboxWrites.settleOutbox(under.db, asId<MessageId>('o1'), notNow(at + 1_000), at);
    await queue('o2');
    await queue('o3', '+8613900004201');
    expect(await messageReads.nextOutboxAt(under.reads)).toBe(at);
    expect(await claimed(at)).toEqual(['o3']);
    expect(await messageReads.nextOutboxAt(under.reads)).toBe(at + 1_000);
    expect(await claimed(at + 999)).toEqual([]);
    expect(await claimed(at + 1_000)).toEqual(['o1', 'o2']);
    // They go together the next time too, however long each of them waits.
    await outboxWrites.settleOutbox(under.db, asId<MessageId>('o1'), notNow(at + 3_000), at);
    await outboxWrites.settleOutbox(under.db, asId<MessageId>('o2'), notNow(at + 2_000), at);
    expect(await messageReads.nextOutboxAt(under.reads)).toBe(at + 3_000);
    expect(await claimed(at + 2_500)).toEqual([]);
    expect(await claimed(at + 3_000)).toEqual(['o1', 'o2']);
  });

  it('matches receipts that come before, after and in parts', async () => {
    const receipt = (providerId: string, state: 'delivered' | 'failed') => ({
      sourceId: 'line',
      providerId,
      state,
      code: null,
      at: at + 5,
    });
    await send('s2');
    await outboxWrites.claimOutbox(under.db, at, 10);
    expect(await outboxWrites.keepReceipt(under.db, receipt('p1', 'delivered'), 'p1')).toBeNull();
    await outboxWrites.settleOutbox(under.db, asId<MessageId>('s2'), { state: 'sent', why: null, providerKeys: ['p1', 'p2'] }, at + 6);
    expect(await stateOf('s2')).toBe('sent');
    expect(await outboxWrites.keepReceipt(under.db, receipt('p2', 'delivered'), 'p2')).toBe('s2');
    expect(await stateOf('s2')).toBe('delivered');
    await send('s3');
    await outboxWrites.claimOutbox(under.db, at, 10);
    await outboxWrites.settleOutbox(under.db, asId<MessageId>('s3'), { state: 'sent', why: null, providerKeys: ['p3'] }, at);
    expect((await outboxWrites.withoutReceipt(under.db, at + 1, at + 2)).map(({ messageId }) => messageId)).toEqual(['s3']);
    await outboxWrites.keepReceipt(under.db, receipt('p3', 'failed'), 'p3');
    expect(await stateOf('s3')).toBe('failed');
  });

  it('knows the parts of a text message by their keys, and of their words what is to stay', async () => {
    const part = (index: number, text: string) => ({
      ...{ partId: `p${index}`, sourceId: 'main', onceKey: `k${index}`, receivedAt: at, from: '+8613900004126', to: '10690', text },
      part: { reference: 1, total: 2, index },
    });
    const parts = [part(1, '4111 1111'), part(2, ' 1111 1111')];
    for (const each of parts) expect(await messageWrites.keepText(under.db, each)).toBe('kept');
    const texts = ['•••• ••••', ' •••• 1111'];
    const taken = { partIds: ['p1', 'p2'], partTexts: texts };
    await messageWrites.storeMessage(under.db, intake(conversation('c-parts'), message('m-parts'), taken));
    expect(await messageWrites.keepText(under.db, { ...part(1, '4111 1111'), partId: 'p3' })).toBe('known');
    expect(await messageReads.readNewTexts(under.reads)).toEqual([]);
    expect((await messageReads.readTakenTexts(under.reads, 10)).map(({ text }) => text)).toEqual(texts);
  });

  it('says of an address when mail to it came back, until something says that mail reaches it', async () => {
    const mail = (id: string, more: Partial<NewMessage>, address = 'gone@example.com') =>
      messageWrites.storeMessage(
        under.db,
        intake(conversation(`c-${id}`, { addressKey: address }), message(id, { clientId: id, ...more })),
      );
    const bounce = (to: string | null, then = at) => ({
      ...{ kind: 'event' as const, text: 'bounced', quoted: 'No such user', at: then, author: { kind: 'system' as const, name: to } },
      internetId: null,
    });
    const cameBack = (now = at, address = 'gone@example.com') => messageReads.cameBackAt(under.reads, ['care'], address, now);
    await mail('b-in', { at: at - 1 });
    expect(await cameBack()).toBeNull();
    await mail('b1', bounce('Gone@example.com'));
    await mail('b2', bounce('colleague@example.com', at + 5));
    expect([await cameBack(), await cameBack(at, 'other@example.com')]).toEqual([at, null]);
    expect(await messageReads.cameBackAt(under.reads, ['billing'], 'gone@example.com', at)).toBeNull();
    const sent = { name: 'sent' as const, why: null, at: at + 10 };
    await mail('b3', { kind: 'out', at: at + 10, state: sent, internetId: null });
    expect(await cameBack(at + hours(23))).toBe(at);
    expect(await cameBack(at + hours(25))).toBeNull();
    await mail('b4', bounce(null, at + 20));
    expect(await cameBack(at + hours(25))).toBe(at + 20);
    await mail('b5', { at: at + 30 });
    expect(await cameBack()).toBeNull();
  });

  it('takes a message back only while it is still queued', async () => {
    await send('s4');
    const id = asId<MessageId>('s4');
    const withdrawn = { state: 'withdrawn', why: null } as const;
    expect((await outboxWrites.changeMessageState(under.db, id, ['queued'], withdrawn, at))?.state?.name).toBe('withdrawn');
    expect(await outboxWrites.claimOutbox(under.db, at, 10)).toEqual([]);
    expect(await outboxWrites.changeMessageState(under.db, id, ['queued'], withdrawn, at)).toBeNull();
  });

  it('refuses an overtaken draft, and answers an automatic reply once within its time', async () => {
    const composed = { kind: 'reply' as const, about: null, to: [], cc: [], bcc: [], subject: '', text: 'Dear', html: null, fileIds: [] };
    const draft = { interactionId: asId<InteractionId>('i1'), agentId: asId<never>('ag'), composed, revision: 2, savedAt: at };
    expect(await messageWrites.saveMessageDraft(under.db, draft)).toEqual({ ok: true, savedAt: at });
    expect(await messageWrites.saveMessageDraft(under.db, { ...draft, savedAt: at + 1 })).toEqual({ ok: true, savedAt: at });
    const lower = { ...draft, revision: 1 };
    expect(await messageWrites.saveMessageDraft(under.db, lower)).toEqual({ ok: false, storedRevision: 2 });
    expect(await messageWrites.mayAutoReply(under.db, 'care', 'mei@example.com', at - 10, at)).toBe(true);
    expect(await messageWrites.mayAutoReply(under.db, 'care', 'mei@example.com', at - 10, at + 1)).toBe(false);
    expect(await messageWrites.mayAutoReply(under.db, 'care', 'mei@example.com', at + 1, at + 9)).toBe(true);
  });

  it('keeps written work until it is over, and all of a conversation goes with its person', async () => {
    const one = conversation('c9');
    const work: StoredWork = {
      ...{ interactionId: asId('i9'), workItemId: asId('w9'), conversationId: one.conversationId, queueId: asId('mail'), priority: 40 },
      ...{ needs: null, tier: 'gold', state: 'snoozed', agentId: asId('ag-1'), reservationId: null, queuedAt: at, takenAt: null },
      ...{ answerBy: at + 9, waitsSince: at, snoozedUntil: at + 99, guestIds: [asId('ag-2')], transfer: null, handledMs: 12 },
    };
    await messageWrites.storeMessage(under.db, intake(one, message('m9'), { work }));
    expect(await messageReads.readWorks(under.reads)).toEqual([work]);
    expect(await messageReads.findWorkOf(under.reads, one.conversationId)).toEqual(work);
    await under.db.deleteFrom('conversation').where('conversation_id', '=', 'c9').execute();
    expect(await messageReads.readWorks(under.reads)).toEqual([]);
    expect(await messageReads.readMessage(under.reads, asId<MessageId>('m9'))).toBeNull();
  });
});
