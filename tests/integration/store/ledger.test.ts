import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseFile, openForWriting } from '../../../cti-bridge/store/database.ts';
import type { Store } from '../../../cti-bridge/store/index.ts';
import { writeOperations } from '../../../cti-bridge/store/repositories/write-operations.ts';
import { type AgentId, asId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import { inspect, openFor, temporaryFolder } from './store-under-test.ts';

const [lena, tom] = [asId<AgentId>('agent-lena'), asId<AgentId>('agent-tom')];
const item = asId<WorkItemId>('w1');
const [first, second, third] = ['r1', 'r2', 'r3'].map((id) => asId<ReservationId>(id)) as [ReservationId, ReservationId, ReservationId];

function acceptAs(store: Store, agentId: AgentId, reservationId: ReservationId, fencing: number, workItemId = item) {
  return store.ledger.accept({ workItemId, reservationId, agentId, fencing, at: 1_000 });
}

describe('the ledger of acceptances', () => {
  it('judges an acceptance after the offers that were noted before it, in the same turn', async () => {
    const store = await openFor(temporaryFolder());
    const early = acceptAs(store, lena, first, 1);
    store.ledger.offered(first, item, 1);
    const late = acceptAs(store, lena, first, 1);
    expect(await Promise.all([early, late])).toEqual(['lost', 'won']);
  });

  it('lets the first of several whom it rings win, and nobody after', async () => {
    const folder = temporaryFolder();
    const store = await openFor(folder);
    store.ledger.offered(first, item, 1);
    store.ledger.offered(second, item, 2);
    const said = await Promise.all([acceptAs(store, tom, second, 2), acceptAs(store, lena, first, 1), acceptAs(store, tom, second, 2)]);
    expect(said).toEqual(['won', 'lost', 'lost']);
    expect(inspect(folder, "select agent_id, fencing from routing_offer where state = 'accepted'")).toEqual([
      { agent_id: tom, fencing: 2 },
    ]);
  });

  it('refuses an offer that was withdrawn, while another of the same item still stands', async () => {
    const store = await openFor(temporaryFolder());
    store.ledger.offered(first, item, 1);
    store.ledger.offered(second, item, 2);
    store.ledger.withdrawn(first);
    expect(await acceptAs(store, lena, first, 1)).toBe('lost');
    expect(await acceptAs(store, tom, second, 2)).toBe('won');
    expect(await acceptAs(store, lena, first, 1)).toBe('lost');
  });

  it('gives an item free whose offer ran out while its acceptance was being written', async () => {
    const store = await openFor(temporaryFolder());
    store.ledger.offered(first, item, 1);
    const said = acceptAs(store, lena, first, 1);
    store.ledger.withdrawn(first);
    store.ledger.offered(second, item, 2);
    expect(await said).toBe('won');
    expect(await acceptAs(store, lena, first, 1)).toBe('lost');
    expect(await acceptAs(store, tom, second, 2)).toBe('won');
  });

  it('makes every number of an item stale when it is released, and only the next offer counts', async () => {
    const store = await openFor(temporaryFolder());
    store.ledger.offered(first, item, 1);
    store.ledger.offered(second, item, 2);
    expect(await acceptAs(store, lena, first, 1)).toBe('won');
    store.ledger.released(item);
    store.ledger.offered(third, item, 3);
    expect(await Promise.all([acceptAs(store, lena, first, 1), acceptAs(store, tom, second, 2)])).toEqual(['lost', 'lost']);
    expect(await acceptAs(store, tom, third, 3)).toBe('won');
  });

  it.each([
    ['another number', () => [first, 2, item] as const],
    ['another reservation', () => [second, 1, item] as const],
    ['another item', () => [first, 1, asId<WorkItemId>('w2')] as const],
  ])('refuses an acceptance with %s than the one offered', async (_, named) => {
    const store = await openFor(temporaryFolder());
    store.ledger.offered(first, item, 1);
    const [reservationId, fencing, workItemId] = named();
    expect(await acceptAs(store, lena, reservationId, fencing, workItemId)).toBe('lost');
    expect(await acceptAs(store, lena, first, 1)).toBe('won');
  });

  it('leaves a number with the reservation it was given to first', async () => {
    const store = await openFor(temporaryFolder());
    store.ledger.offered(first, item, 1);
    store.ledger.offered(second, asId<WorkItemId>('w2'), 1);
    expect(await acceptAs(store, tom, second, 1, asId<WorkItemId>('w2'))).toBe('lost');
    expect(await acceptAs(store, lena, first, 1)).toBe('won');
  });

  it('counts on from the highest number over starts, and nothing of before holds any more', async () => {
    const folder = temporaryFolder();
    const before = await openFor(folder);
    expect(await before.ledger.highestFencing()).toBe(0);
    before.ledger.offered(first, item, 7);
    before.ledger.offered(second, asId<WorkItemId>('w2'), 8);
    expect(await acceptAs(before, lena, first, 7)).toBe('won');
    await before.stop();

    const store = await openFor(folder);
    expect(await store.ledger.highestFencing()).toBe(8);
    expect(await store.ledger.releasedAll()).toBe(2);
    expect(await store.ledger.releasedAll()).toBe(0);
    expect(await acceptAs(store, tom, second, 8, asId<WorkItemId>('w2'))).toBe('lost');
    store.ledger.offered(third, item, 9);
    expect(await acceptAs(store, tom, third, 9)).toBe('won');
  });

  it('tells the same attempt, sent again after a crash of the writer, that it has won; any other has not', async () => {
    const folder = temporaryFolder();
    await (await openFor(folder)).stop();
    const { db } = openForWriting(join(folder, databaseFile));
    onTestFinished(() => db.destroy());
    await writeOperations.noteOffer(db, first, item, 1, 0);
    await writeOperations.noteOffer(db, first, item, 1, 0);
    const accept = (attempt: string) =>
      writeOperations.acceptOffer(db, { workItemId: item, reservationId: first, agentId: lena, fencing: 1, at: 1 }, attempt);
    expect([await accept('one'), await accept('one'), await accept('two')]).toEqual(['won', 'won', 'lost']);
  });
});
