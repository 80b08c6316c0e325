import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { databaseFile, openForWriting } from '../../../cti-bridge/store/database.ts';
import { openStore, type Store } from '../../../cti-bridge/store/index.ts';
import { writeOperations } from '../../../cti-bridge/store/repositories/write-operations.ts';
import { type AgentId, asId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import { inspect, openFor, temporaryFolder } from './store-under-test.ts';

const [lena, tom] = [asId<AgentId>('agent-lena'), asId<AgentId>('agent-tom')];

let store: Store;
beforeAll(async () => {
  store = await openStore({ path: ':memory:', clock: systemClock, log: silentLog, seed: 'none' });
});
afterAll(() => store.stop());

interface Numbered {
  readonly fencing: number;
  readonly reservationId: ReservationId;
}

let lastNumber = 0;
function number(): Numbered {
  const fencing = ++lastNumber;
  return { fencing, reservationId: asId<ReservationId>(`r${fencing}`) };
}

/** A work item of its own, with three numbers that may be offered for it. */
function anItem(of: Store = store) {
  const [first, second, third] = [number(), number(), number()];
  const workItemId = asId<WorkItemId>(`w${first.fencing}`);
  return {
    ...{ workItemId, first, second, third },
    offer: ({ reservationId, fencing }: Numbered) => of.ledger.offered(reservationId, workItemId, fencing),
    accept: (named: Numbered, agentId = lena, itemId = workItemId) =>
      of.ledger.accept({ ...named, workItemId: itemId, agentId, at: 1_000 }),
  };
}

describe('the ledger of acceptances', () => {
  it('judges an acceptance after the offers that were noted before it, in the same turn', async () => {
    const { offer, accept, first } = anItem();
    const early = accept(first);
    offer(first);
    const late = accept(first);
    expect(await Promise.all([early, late])).toEqual(['lost', 'won']);
  });

  it('lets the first of several whom it rings win, and nobody after', async () => {
    const { offer, accept, first, second } = anItem();
    offer(first);
    offer(second);
    expect(await Promise.all([accept(second, tom), accept(first), accept(second, tom)])).toEqual(['won', 'lost', 'lost']);
  });

  it('refuses an offer that was withdrawn, while another of the same item still stands', async () => {
    const { offer, accept, first, second } = anItem();
    offer(first);
    offer(second);
    store.ledger.withdrawn(first.reservationId);
    expect(await accept(first)).toBe('lost');
    expect(await accept(second, tom)).toBe('won');
    expect(await accept(first)).toBe('lost');
  });

  it('gives an item free whose offer ran out while its acceptance was being written', async () => {
    const { offer, accept, first, second } = anItem();
    offer(first);
    const said = accept(first);
    store.ledger.withdrawn(first.reservationId);
    offer(second);
    expect(await said).toBe('won');
    expect(await accept(first)).toBe('lost');
    expect(await accept(second, tom)).toBe('won');
  });

  it('makes every number of an item stale when it is released, and only the next offer counts', async () => {
    const { offer, accept, workItemId, first, second, third } = anItem();
    offer(first);
    offer(second);
    expect(await accept(first)).toBe('won');
    store.ledger.released(workItemId);
    offer(third);
    expect(await Promise.all([accept(first), accept(second, tom)])).toEqual(['lost', 'lost']);
    expect(await accept(third, tom)).toBe('won');
  });

  it('refuses an acceptance with another number, another reservation or another item than was offered', async () => {
    const { offer, accept, first, second } = anItem();
    offer(first);
    expect(await accept({ ...first, fencing: second.fencing })).toBe('lost');
    expect(await accept({ ...first, reservationId: second.reservationId })).toBe('lost');
    expect(await accept(first, lena, asId<WorkItemId>('another'))).toBe('lost');
    expect(await accept(first)).toBe('won');
  });

  it('leaves a number with the reservation it was given to first', async () => {
    const [one, other] = [anItem(), anItem()];
    const taken = { ...other.first, fencing: one.first.fencing };
    one.offer(one.first);
    other.offer(taken);
    expect(await other.accept(taken, tom)).toBe('lost');
    expect(await one.accept(one.first)).toBe('won');
  });

  it('counts on from the highest number over starts, and nothing of before holds any more', async () => {
    const folder = temporaryFolder();
    const before = await openFor(folder);
    expect(await before.ledger.highestFencing()).toBe(0);
    const [one, other] = [anItem(before), anItem(before)];
    one.offer(one.first);
    other.offer(other.third);
    expect(await one.accept(one.first)).toBe('won');
    await before.stop();

    const after = await openFor(folder);
    expect(await after.ledger.highestFencing()).toBe(other.third.fencing);
    expect(await after.ledger.releasedAll()).toBe(2);
    expect(await after.ledger.releasedAll()).toBe(0);
    const late = { ...other.third, workItemId: other.workItemId, agentId: tom, at: 1_000 };
    expect(await after.ledger.accept(late)).toBe('lost');
    const next = anItem(after);
    next.offer(next.first);
    expect(await next.accept(next.first)).toBe('won');
    expect(inspect(folder, "select agent_id, fencing from routing_offer where state = 'accepted'")).toEqual([
      { agent_id: lena, fencing: next.first.fencing },
    ]);
  });

  it('tells the same attempt, sent again after a crash of the writer, that it has won; any other has not', async () => {
    const folder = temporaryFolder();
    await (await openFor(folder)).stop();
    const { db } = openForWriting(join(folder, databaseFile));
    onTestFinished(() => db.destroy());
    const { workItemId, first } = anItem();
    for (const _ of ['once', 'again']) await writeOperations.noteOffer(db, first.reservationId, workItemId, first.fencing, 0);
    const accept = (attempt: string) => writeOperations.acceptOffer(db, { ...first, workItemId, agentId: lena, at: 1 }, attempt);
    expect([await accept('one'), await accept('one'), await accept('two')]).toEqual(['won', 'won', 'lost']);
  });
});
