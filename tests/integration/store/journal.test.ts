import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import {
  type AgentId,
  asId,
  type ContactId,
  type EventId,
  type InteractionId,
  type QueueId,
  type ReservationId,
  type TrunkId,
  type WorkItemId,
} from '../../../shared/ids.ts';
import { event, inspect, openDemo, openFor, temporaryFolder } from './store-under-test.ts';

const lena = asId<AgentId>('agent-lena-hartmann');
const reservationId = asId<ReservationId>('r1');
const received = {
  type: 'interaction:received',
  channel: 'voice',
  direction: 'inbound',
  dnis: '1000',
  trunkId: asId<TrunkId>('trunk'),
} as const;
const answered = { type: 'interaction:answered', reservationId, agentId: lena } as const;
const ended = { type: 'interaction:ended', end: { by: 'caller', reason: 'hungUp', fault: 'caller' } } as const;
const wrapUp = { type: 'wrapUp:started', agentId: lena, limitMs: 90_000 } as const;
const completed = { type: 'interaction:completed', agentId: lena, dispositionCode: 'billExplained', isAutomatic: false } as const;

describe('the journal', () => {
  it('numbers everything one bridge did in one sequence, over interactions, agents and starts', async () => {
    const folder = temporaryFolder();
    const first = await openFor(folder);
    await first.journal.commit([
      event('i1', received),
      { id: asId<EventId>('a1'), at: 1, type: 'agent:connected', agentId: lena },
      event('i1', ended),
    ]);
    await first.stop();
    const second = await openFor(folder);
    await second.journal.commit([event('i2', received)]);
    const all = inspect(
      folder,
      'select sequence, type from interaction_event union all select sequence, type from agent_event order by sequence',
    );
    expect(all).toEqual([
      { sequence: 1, type: 'interaction:received' },
      { sequence: 2, type: 'agent:connected' },
      { sequence: 3, type: 'interaction:ended' },
      { sequence: 4, type: 'interaction:received' },
    ]);
  });

  it('stores an event once, however often it is sent', async () => {
    const folder = temporaryFolder();
    const { journal } = await openFor(folder);
    const again = event('i1', received);
    await journal.commit([again]);
    await journal.commit([again, event('i1', ended)]);
    expect(inspect(folder, 'select type from interaction_event order by sequence')).toEqual([
      { type: 'interaction:received' },
      { type: 'interaction:ended' },
    ]);
  });

  it('holds ids alone: no name and no number of the caller is in any event row', async () => {
    const folder = temporaryFolder();
    const store = await openDemo(folder);
    const interactionId = asId<InteractionId>('i1');
    await store.interactions.recordCaller(interactionId, {
      number: margaretOkafor.number,
      key: margaretOkafor.number,
      presentedName: 'M OKAFOR',
      dialled: '1000',
      at: 1,
    });
    await store.journal.commit([
      event('i1', received),
      event('i1', {
        type: 'interaction:identified',
        match: 'certain',
        contactId: asId<ContactId>(margaretOkafor.contactId),
        accountId: null,
        candidateIds: [],
        tookMs: 2,
      }),
      event('i1', { type: 'workItem:queued', workItemId: asId<WorkItemId>('w1'), queueId: asId<QueueId>('billing'), priority: 5 }),
    ]);
    const rows = JSON.stringify(inspect(folder, 'select * from interaction_event'));
    expect(rows).toContain(margaretOkafor.contactId);
    for (const secret of [margaretOkafor.number, '447700900142', margaretOkafor.name, 'M OKAFOR']) expect(rows).not.toContain(secret);
    expect(inspect(folder, "select number, number_received, presented_name from interaction where interaction_id = 'i1'")).toEqual([
      { number: margaretOkafor.number, number_received: margaretOkafor.number, presented_name: 'M OKAFOR' },
    ]);
  });

  it('can be added to and never changed', async () => {
    const folder = temporaryFolder();
    const store = await openFor(folder);
    await store.journal.commit([event('i1', received)]);
    await store.stop();
    const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
    expect(() => sqlite.exec("update interaction_event set type = 'nothing happened'")).toThrow('append-only');
    expect(() => sqlite.exec('delete from interaction_event')).toThrow('append-only');
    sqlite.close();
  });
});

describe('a write no database would take', () => {
  it('is refused alone: what came with it and after it is stored', async () => {
    const folder = temporaryFolder();
    const store = await openFor(folder);
    const poisoned = { ...event('i1', received), at: {} as number };
    const written = [store.journal.commit([poisoned]), store.journal.commit([event('i2', received)])];
    await expect(written[0]).rejects.toMatchObject({ code: 'rejected' });
    await written[1];
    await store.journal.commit([event('i3', received)]);
    expect(inspect(folder, 'select interaction_id from interaction_event order by sequence')).toEqual([
      { interaction_id: 'i2' },
      { interaction_id: 'i3' },
    ]);
    expect(store.journal.isDegraded).toBe(false);
    await store.stop();
  });
});

describe('open interactions', () => {
  it.each([
    ['received', [received], [{ isEnded: false, agentId: null, wrapUpEndsAt: null }]],
    ['answered', [received, answered], [{ isEnded: false, agentId: lena, wrapUpEndsAt: null }]],
    ['ended after the answer', [received, answered, ended], [{ isEnded: true, agentId: lena, wrapUpEndsAt: null }]],
    ['in wrap-up', [received, answered, ended, wrapUp], [{ isEnded: true, agentId: lena, wrapUpEndsAt: 91_000 }]],
    [
      'in extended wrap-up',
      [received, answered, ended, wrapUp, { type: 'wrapUp:extended', agentId: lena, byMs: 30_000 }],
      [{ isEnded: true, agentId: lena, wrapUpEndsAt: 121_000 }],
    ],
    ['completed', [received, answered, ended, wrapUp, completed], []],
    ['abandoned before any agent had it', [received, ended], []],
  ] as const)('know of one that is %s', async (_, facts, open) => {
    const store = await openFor(temporaryFolder());
    await store.journal.commit(facts.map((fact) => event('i1', fact, 1_000)));
    expect(await store.interactions.readOpen()).toEqual(open.map((each) => ({ interactionId: 'i1', storedDisposition: null, ...each })));
  });
});
