import { describe, expect, it } from 'vitest';
import type { PromisedCallback } from '../../../cti-bridge/interactions/index.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import {
  type AgentId,
  asId,
  type ContactId,
  type InteractionId,
  type QueueId,
  type TrunkId,
  type WorkItemId,
} from '../../../shared/ids.ts';
import { event, inspect, openDemo, openFor, temporaryFolder } from './store-under-test.ts';

const promise = (name: string, queuedAt: number): PromisedCallback => ({
  workItemId: asId<WorkItemId>(`item-${name}`),
  interactionId: asId<InteractionId>(`call-${name}`),
  queueId: asId<QueueId>('billing'),
  number: '07700 900142',
  numberKey: '+447700900142',
  peer: '127.0.0.1:5080',
  trunkId: asId<TrunkId>('trunk'),
  dialled: '1000',
  locale: 'zh',
  priority: 5,
  queuedAt,
  promisedAt: queuedAt + 60_000,
  attempts: 0,
  recordingId: name === 'late' ? 'recording-1' : null,
  findings: name === 'late' ? null : '{"facts":{"entered.number":"100042"},"skills":null}',
});

describe('calls we promised', () => {
  it('outlive the bridge, in the order in which the customers first waited, with the attempts made', async () => {
    const folder = temporaryFolder();
    const first = await openFor(folder);
    await first.callbacks.promise(promise('late', 2_000));
    await first.callbacks.promise(promise('early', 1_000));
    await first.callbacks.promise(promise('early', 1_000));
    expect(await first.callbacks.countAttempt(asId('item-early'), 1)).toBe(true);
    await first.stop();
    const second = await openFor(folder);
    expect(await second.callbacks.readPending()).toEqual([{ ...promise('early', 1_000), attempts: 1 }, promise('late', 2_000)]);
  });

  it('are forgotten with their number when they are over, and are not attempted again', async () => {
    const folder = temporaryFolder();
    const store = await openFor(folder);
    await store.callbacks.promise(promise('a', 1_000));
    await store.callbacks.end(asId('item-a'), 'calledAgain');
    expect(await store.callbacks.countAttempt(asId('item-a'), 1)).toBe(false);
    expect(await store.callbacks.readPending()).toEqual([]);
    await store.callbacks.end(asId('item-a'), 'reached');
    expect(inspect(folder, 'select state, number, number_key, peer, findings from callback')).toEqual([
      { state: 'calledAgain', number: null, number_key: null, peer: null, findings: null },
    ]);
  });
});

describe('whom a customer knows', () => {
  it('is who had them last, and who looks after their company at the desk', async () => {
    const store = await openDemo();
    const contactId = asId<ContactId>(margaretOkafor.contactId);
    const closing = (agentId: string, at: number) => ({
      interactionId: asId<InteractionId>(`i-${at}`),
      agentId: asId<AgentId>(agentId),
      agentName: '',
      contactId,
      title: { en: 'Call', zh: '电话' },
      dispositionCode: 'billExplained',
      isAutomatic: false,
      note: '',
      handlingMs: 1_000,
      at,
    });
    const later = Date.now() + 1_000;
    await store.interactions.complete(closing('agent-priya-nair', later + 1_000));
    await store.interactions.complete(closing('agent-owen-carter', later));
    expect(await store.contacts.preferredAgents(contactId)).toEqual({
      lastAgent: { agentId: 'agent-priya-nair', at: later + 1_000 },
      accountManager: 'agent-lena-hartmann',
    });
    expect(await store.contacts.preferredAgents(asId('nobody'))).toEqual({ lastAgent: null, accountManager: null });
  });
});

describe('an outcome stored before the wrap-up is over', () => {
  it('is known after a crash', async () => {
    const folder = temporaryFolder();
    const store = await openFor(folder);
    const agentId = asId<AgentId>('agent-lena-hartmann');
    const interactionId = asId<InteractionId>('i1');
    await store.journal.commit([
      event('i1', { type: 'interaction:received', channel: 'voice', direction: 'inbound', dnis: '1000', trunkId: asId<TrunkId>('trunk') }),
      event('i1', { type: 'interaction:answered', reservationId: asId('r1'), agentId }),
      event('i1', { type: 'interaction:ended', end: { by: 'caller', reason: 'hungUp', fault: 'caller' } }),
      event('i1', { type: 'wrapUp:started', agentId, limitMs: null }),
    ]);
    const title = { en: 'Call', zh: '电话' };
    const chosen = { dispositionCode: 'billExplained', isAutomatic: false, note: '', handlingMs: 1, at: 5 };
    await store.interactions.complete({ interactionId, agentId, agentName: '', contactId: null, title, ...chosen });
    await store.stop();
    const second = await openFor(folder);
    expect(await second.interactions.readOpen()).toEqual([
      { interactionId, isEnded: true, agentId, wrapUpEndsAt: null, storedDisposition: 'billExplained' },
    ]);
  });
});
