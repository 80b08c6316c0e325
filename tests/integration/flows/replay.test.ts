import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DecisionEntry, type DecisionGap, replay } from '../../../cti-bridge/acd/index.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { openStore, type Store } from '../../../cti-bridge/store/index.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { BridgeStage } from '../bridge/bridge-stage.ts';

/** Rings and leases that a test can wait for; who signs in with little billing comes with the second ring. */
const impatient: Partial<QueueConfiguration> = {
  ringSeconds: 3,
  rings: [{ afterSeconds: 2, needs: 'billing >= 1' }],
  missesBeforeNotReady: 1,
};

describe('a replay of the decision log', () => {
  it('of a day with answers, refusals, misses, leavings, lost agents and a wider search decides the very same, in order', async () => {
    const folder = temporaryFolder();
    await withStore(folder, (store) => setUpBilling(store, impatient));
    const stage = await BridgeStage.open({ folder });
    const { bridge } = stage;
    const call = async () => {
      const ringing = await stage.caller.call({ to: '1002', from: margaretOkafor.number });
      await ringing.answered();
      return ringing;
    };
    const wrapUp = async (desktop: ScriptedDesktop, interactionId: string) => {
      await desktop.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: '', then: 'available' });
    };

    // Waits, is answered, is wrapped up.
    const lena = await stage.signIn('lena.hartmann');
    const first = await call();
    await bridge.event('workItem:queued');
    await lena.becomeAvailable();
    await lena.answer();
    const talking = await lena.push('interaction:assigned');
    await first.hangUp();
    await lena.push('wrap-up:changed');
    await wrapUp(lena, talking.interactionId);

    const daniel = await stage.signIn('daniel.frost');
    await daniel.becomeAvailable();
    /** Whom the latest call rings next: both the offer and the phone are there. */
    const rung = async (but?: ScriptedDesktop) => {
      const latest = lastInteraction(bridge.events);
      const offer = await bridge.event(
        'reservation:offered',
        ({ interactionId, agentId }) => interactionId === latest && agentId !== but?.agentId,
        10_000,
      );
      const [desk, other] = offer.agentId === lena.agentId ? [lena, daniel] : [daniel, lena];
      return { ...offer, desk, other, phone: await desk.ringing(offer.reservationId, 10_000) };
    };
    const over = (offer: { readonly reservationId: string }) =>
      bridge.event('reservation:ended', ({ reservationId }) => reservationId === offer.reservationId, 10_000);

    // Refused by one, left to ring by the other, and the caller goes while it waits.
    const second = await call();
    const refused = await rung();
    await refused.desk.ask('reservation:reject', { reservationId: refused.reservationId });
    const missed = await rung(refused.desk);
    expect(await over(missed)).toMatchObject({ cause: 'noAnswer' });
    await second.hangUp();
    const left = lastInteraction(bridge.events);
    await bridge.event('interaction:ended', ({ interactionId }) => interactionId === left);

    // Leaves while it rings.
    await missed.desk.becomeAvailable();
    const third = await call();
    const early = await rung();
    await third.hangUp();
    expect(await over(early)).toMatchObject({ cause: 'callerLeft' });

    // The desktop is gone while it rings: somebody else has it.
    const fourth = await call();
    const lost = await rung();
    await lost.desk.vanish();
    await over(lost);
    const found = await rung(lost.desk);
    await found.phone.answer();
    await found.desk.push('interaction:assigned', ({ reservationId }) => reservationId === found.reservationId);
    await fourth.hangUp();

    // Nobody who knows billing well is left: the search goes wider.
    const amara = await stage.signIn('amara.diallo');
    await amara.becomeAvailable();
    const fifth = await call();
    await amara.answer(undefined, 10_000);
    await amara.push('interaction:assigned');
    await fifth.hangUp();
    await amara.push('wrap-up:changed');
    await stage.close();

    await withStore(folder, async (store) => {
      const log: (DecisionEntry | DecisionGap)[] = [];
      for await (const entry of store.decisions.since(0)) log.push(entry);
      const again = replay(log);
      expect(again.differences).toEqual([]);
      expect(again).toMatchObject({ entries: log.length, runs: 1, isWhole: true });
      const kinds = new Set(
        log.flatMap((entry) =>
          'missing' in entry ? [] : entry.decisions.map((each) => (each.type === 'withdraw' ? `withdraw ${each.cause}` : each.type)),
        ),
      );
      for (const kind of ['offer', 'accept', 'withdraw rejected', 'withdraw noAnswer', 'withdraw callerLeft', 'widen', 'setNotReady'])
        expect([...kinds]).toContain(kind);
      console.info(`${log.length} entries, ${[...kinds].sort().join(', ')}`);
    });
  });
});

function lastInteraction(events: readonly { readonly type: string; readonly interactionId?: string }[]): string | undefined {
  return events.findLast(({ type }) => type === 'interaction:received')?.interactionId;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-replay-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function withStore<Result>(folder: string, act: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore({ path: folder, clock: systemClock, log: silentLog, seed: 'demo' });
  try {
    return await act(store);
  } finally {
    await store.stop();
  }
}

async function setUpBilling(store: Store, change: Partial<QueueConfiguration>): Promise<void> {
  const { revision, configuration } = await store.configuration.read();
  const queues = configuration.queues.map((queue) => (queue.id === 'billing' ? { ...queue, ...change } : queue));
  const saving = { configuration: { ...configuration, queues }, changes: [], orderBefore: {}, note: '', at: Date.now() };
  expect(await store.configuration.save({ ...saving, basedOn: revision, by: { userId: 'test', name: 'Test' } })).toMatchObject({
    saved: true,
  });
}
