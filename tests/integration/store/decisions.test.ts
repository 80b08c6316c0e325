import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DecisionEntry, DecisionLog, Reservation } from '../../../cti-bridge/acd/index.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { openStore } from '../../../cti-bridge/store/index.ts';
import { days } from '../../../shared/duration.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import { inspect, openDemo, openFor, temporaryFolder } from './store-under-test.ts';

const lena = asId<AgentId>('agent-lena-hartmann');
const nobody = asId<AgentId>('agent-erased');
const [billing, sales] = [asId<QueueId>('billing'), asId<QueueId>('sales')];
const item = asId<WorkItemId>('w1');
const now = Date.now() + 0.25;

type Entry = Parameters<DecisionLog['append']>[0];

const queued = (workItemId: WorkItemId, at: number): Entry => ({
  at,
  event: {
    type: 'item:queued',
    workItemId,
    interactionId: asId<InteractionId>(`i-${workItemId}`),
    queueId: billing,
    priority: null,
    tier: null,
    preferences: [],
  },
  decisions: [{ type: 'queueChanged', queueId: billing }],
});
const gone = (workItemId: WorkItemId, at: number): Entry => ({ at, event: { type: 'item:gone', workItemId }, decisions: [] });

function reservationFor(workItemId: WorkItemId, agentId: AgentId, fencing: number): Reservation {
  return {
    state: 'pending',
    reservationId: asId<ReservationId>(`r${fencing}`),
    workItemId,
    interactionId: asId<InteractionId>(`i-${workItemId}`),
    agentId,
    queueId: billing,
    fencing,
    offeredAt: now,
    expiresAt: now + 20_000,
    reasons: [{ code: 'longestIdle', facts: { idleMs: 4_000, ofAgents: 3 } }],
  };
}

/** Queued, offered and missed, widened, moved, offered to somebody whose name is gone, taken, given back, and gone. */
function story(): readonly Entry[] {
  const [missed, taken] = [reservationFor(item, lena, 1), reservationFor(item, nobody, 2)];
  const about = { workItemId: item, interactionId: missed.interactionId };
  const wider = [{ code: 'ringWidened', facts: { ring: 1 } }] as const;
  return [
    queued(item, now),
    {
      at: now + 1,
      event: { type: 'tick' },
      decisions: [
        { type: 'offer', reservation: missed },
        { type: 'wakeAt', at: now + 9 },
      ],
    },
    {
      at: now + 2,
      event: { type: 'tick' },
      decisions: [
        { type: 'withdraw', reservation: { ...missed, state: 'timedOut' }, cause: 'noAnswer', countsAgainstAgent: true },
        { type: 'setNotReady', agentId: lena, reason: 'noAnswer' },
        { type: 'agentChanged', agentId: lena },
      ],
    },
    { at: now + 3, event: { type: 'tick' }, decisions: [{ type: 'widen', ...about, queueId: billing, ring: 1, reasons: wider }] },
    { at: now + 4, event: { type: 'tick' }, decisions: [{ type: 'move', ...about, from: billing, to: sales, reasons: [] }] },
    { at: now + 5, event: { type: 'tick' }, decisions: [{ type: 'offer', reservation: { ...taken, queueId: sales } }] },
    {
      at: now + 6,
      event: { type: 'reservation:accepted', reservationId: taken.reservationId, fencing: 2 },
      decisions: [{ type: 'accept', reservation: { ...taken, queueId: sales, state: 'accepted' } }],
    },
    {
      at: now + 7,
      event: {
        type: 'item:returned',
        ...about,
        agentId: nobody,
        queueId: sales,
        priority: 5,
        queuedAt: now,
        isDeviceFault: true,
      },
      decisions: [],
    },
    gone(item, now + 8),
  ];
}

const told = [
  ['queued', null, null, 'billing', null],
  ['offered', lena, 'Lena Hartmann', 'billing', null],
  ['withdrawn', lena, 'Lena Hartmann', 'billing', 'noAnswer'],
  ['widened', null, null, 'billing', null],
  ['moved', null, null, 'sales', null],
  ['offered', nobody, null, 'sales', null],
  ['accepted', nobody, null, 'sales', null],
  ['returned', nobody, null, 'sales', null],
  ['gone', null, null, 'sales', null],
];

async function all(entries: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const entry of entries) list.push(entry);
  return list;
}

const withoutNews = ({ decisions, ...entry }: Entry) => ({
  ...entry,
  decisions: decisions.filter(({ type }) => !['agentChanged', 'queueChanged', 'wakeAt'].includes(type)),
});

describe('the decision log', () => {
  it('tells what was done with an item, oldest first, with the names of today: at once, when written, and after a start', async () => {
    const folder = temporaryFolder();
    const store = await openDemo(folder);
    for (const entry of story()) store.decisions.append(entry);
    store.decisions.append(queued(asId<WorkItemId>('another'), now + 9));
    const tell = async (from: typeof store) => {
      const steps = await from.decisions.stepsOf(item);
      expect(steps.map((step) => step.at)).toEqual(steps.map((_, index) => now + index));
      expect(steps[1]?.reasons).toEqual([{ code: 'longestIdle', facts: { idleMs: 4_000, ofAgents: 3 } }]);
      return steps.map(({ kind, agentId, agentName, queueId, cause }) => [kind, agentId, agentName, queueId, cause]);
    };
    expect(await tell(store)).toEqual(told);
    await store.decisions.drained();
    expect(await tell(store)).toEqual(told);
    await store.stop();
    expect(await tell(await openFor(folder))).toEqual(told);
  });

  it('tells of an agent the latest steps asked for, of whatever items', async () => {
    const store = await openDemo();
    for (let number = 1; number <= 20; number++) {
      const offered = reservationFor(asId<WorkItemId>(`w${number}`), number % 2 === 0 ? lena : nobody, number);
      store.decisions.append({ at: now + number, event: { type: 'tick' }, decisions: [{ type: 'offer', reservation: offered }] });
      store.decisions.append({
        at: now + number,
        event: { type: 'agent:reachabilityChanged', agentId: lena, isReachable: true },
        decisions: [],
      });
    }
    const steps = await store.decisions.ofAgent(lena, 3);
    expect(steps.map(({ at, kind, agentName }) => [at - now, kind, agentName])).toEqual([
      [16, 'offered', 'Lena Hartmann'],
      [18, 'offered', 'Lena Hartmann'],
      [20, 'offered', 'Lena Hartmann'],
    ]);
  });

  it('reads back the very bytes it was given, in order and over many pages, from a moment on', async () => {
    const folder = temporaryFolder();
    const store = await openFor(folder);
    const entries = Array.from({ length: 1_203 }, (_, number) => queued(asId<WorkItemId>(`w${number}`), now + number / 3));
    for (const entry of entries) store.decisions.append(entry);
    const kept = entries.map(withoutNews);
    expect(JSON.stringify(await all(store.decisions.since(now)))).toBe(JSON.stringify(kept));
    await store.stop();
    const again = await openFor(folder);
    expect(JSON.stringify(await all(again.decisions.since(0)))).toBe(JSON.stringify(kept));
    expect(JSON.stringify(await all(again.decisions.since(now + 100)))).toBe(JSON.stringify(kept.slice(300)));
    again.decisions.append(gone(item, now + 9_999));
    expect(await all(again.decisions.since(now + 5_000))).toEqual([gone(item, now + 9_999)]);
  });

  it('can be added to and never changed, and forgotten only where it says so and where it is old', async () => {
    const folder = temporaryFolder();
    const store = await openFor(folder);
    store.decisions.append(queued(item, now));
    await store.stop();
    const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
    onTestFinished(() => void sqlite.close());
    for (const forbidden of [
      "update routing_decision set body = '{}'",
      'delete from routing_decision',
      'update routing_subject set sequence = 9',
      'delete from routing_subject',
    ])
      expect(() => sqlite.exec(forbidden)).toThrow('append-only');
    expect(() => sqlite.exec(`insert into routing_pruned values (1, 1, ${Math.floor(now)}, 5)`)).toThrow('only what is old');
    expect(inspect(folder, 'select sequence from routing_decision')).toEqual([{ sequence: 1 }]);
  });

  it('forgets what is older than it is to be kept, says so, and gives no number twice', async () => {
    const folder = temporaryFolder();
    const first = await openStore({ path: folder, clock: systemClock, log: silentLog, seed: 'none', decisionsKeptMs: days(60) });
    for (let number = 1; number <= 1_100; number++) first.decisions.append(queued(asId<WorkItemId>(`old${number}`), now - days(31)));
    await first.stop();

    const store = await openFor(folder);
    const count = () => inspect<{ rows: number }>(folder, 'select count(*) as rows from routing_decision')[0]?.rows;
    await expect.poll(count, { timeout: 20_000 }).toBe(0);
    store.decisions.append(queued(item, now));
    await store.decisions.drained();
    expect(inspect(folder, 'select sequence from routing_decision union all select sequence from routing_subject')).toEqual([
      { sequence: 1_101 },
      { sequence: 1_101 },
    ]);
    const pruned = inspect<{ first_sequence: number; last_sequence: number; older_than: number }>(folder, 'select * from routing_pruned');
    expect(pruned.map((row) => [row.first_sequence, row.last_sequence])).toEqual([
      [1, 500],
      [501, 1_000],
      [1_001, 1_100],
    ]);
    for (const { older_than } of pruned) expect(older_than).toBeLessThan(now);
    const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
    onTestFinished(() => void sqlite.close());
    expect(() => sqlite.exec('delete from routing_pruned')).toThrow('append-only');
  });

  it('forgets old offers that are over with them, but never the highest number', async () => {
    const folder = temporaryFolder();
    const first = await openFor(folder);
    for (let number = 1; number <= 4; number++) first.ledger.offered(asId<ReservationId>(`r${number}`), item, number);
    first.ledger.withdrawn(asId<ReservationId>('r1'));
    first.ledger.withdrawn(asId<ReservationId>('r3'));
    first.ledger.withdrawn(asId<ReservationId>('r4'));
    await first.stop();
    // Nothing is kept at all: whatever was offered before this moment is old.
    const store = await openStore({ path: folder, clock: systemClock, log: silentLog, seed: 'none', decisionsKeptMs: -1 });
    onTestFinished(() => store.stop());
    await expect
      .poll(() => inspect(folder, 'select fencing from routing_offer'), { timeout: 20_000 })
      .toEqual([{ fencing: 2 }, { fencing: 4 }]);
    expect(await store.ledger.highestFencing()).toBe(4);
  });

  it('holds ids alone: no name of an agent is in it', async () => {
    const folder = temporaryFolder();
    const store = await openDemo(folder);
    for (const entry of story()) store.decisions.append(entry);
    await store.decisions.drained();
    const rows = JSON.stringify(inspect(folder, 'select * from routing_decision') as DecisionEntry[]);
    expect(rows).toContain(lena);
    expect(rows).not.toContain('Lena');
  });
});
