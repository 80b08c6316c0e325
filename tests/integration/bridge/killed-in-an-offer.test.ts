import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { databaseFile, openForWriting } from '../../../cti-bridge/store/database.ts';
import { writeOperations } from '../../../cti-bridge/store/repositories/write-operations.ts';
import { type AgentId, asId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import { inspect } from '../store/store-under-test.ts';
import { BridgeProgram } from './bridge-program.ts';

interface Offer {
  readonly fencing: number;
  readonly reservation_id: string;
  readonly work_item_id: string;
  readonly state: string;
}

it('killed while one agent talks and another rings, starts with nobody owning anything, and numbers that rise', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const offers = () => inspect<Offer>(folder, 'select fencing, reservation_id, work_item_id, state from routing_offer order by fencing');

  const first = await BridgeProgram.start(folder);
  const lena = await first.signIn('lena.hartmann');
  const callers = [await first.call()];
  await lena.answer();
  await lena.push('interaction:assigned');
  const daniel = await first.signIn('daniel.frost');
  callers.push(await first.call());
  await daniel.ringing();
  await first.kill();
  // What becomes of who is still there is told elsewhere.
  for (const caller of callers) await caller.close();
  const before = offers();
  expect(before.map(({ state }) => state)).toEqual(['accepted', 'standing']);

  const second = await BridgeProgram.start(folder);
  expect(offers().map(({ state }) => state)).toEqual(['released', 'released']);
  const openCalls = () => inspect(folder, 'select count(*) as open from interaction_progress where is_open = 1');
  await expect.poll(openCalls, { timeout: 12_000 }).toEqual([{ open: 0 }]);
  expect(inspect(folder, 'select count(*) as kept from live_call')).toEqual([{ kept: 0 }]);

  // Whoever still believes in the offer of then is too late.
  const { db } = openForWriting(join(folder, databaseFile));
  onTestFinished(() => db.destroy());
  const late = before.map(({ fencing, reservation_id, work_item_id }) => ({
    fencing,
    reservationId: asId<ReservationId>(reservation_id),
    workItemId: asId<WorkItemId>(work_item_id),
    agentId: asId<AgentId>(daniel.agentId),
    at: Date.now(),
  }));
  for (const acceptance of late) expect(await writeOperations.acceptOffer(db, acceptance, 'late')).toBe('lost');

  const again = await second.signIn('lena.hartmann');
  await second.call();
  await again.answer();
  await again.push('interaction:assigned');
  const highest = Math.max(...before.map(({ fencing }) => fencing));
  expect(offers().slice(before.length)).toMatchObject([{ fencing: highest + 1, state: 'accepted' }]);
  expect(inspect(folder, "select count(*) as owned from routing_offer where state in ('accepted', 'standing')")).toEqual([{ owned: 1 }]);
  // The log tells of both runs.
  expect(inspect(folder, `select count(*) as runs from routing_decision where body like '%"router:started"%'`)).toEqual([{ runs: 2 }]);
});
