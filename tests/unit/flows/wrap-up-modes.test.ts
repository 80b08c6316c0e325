import { describe, expect, it } from 'vitest';
import { agentOf } from '../../../cti-bridge/acd/index.ts';
import { recover } from '../../../cti-bridge/flows/recover.ts';
import { silentLog } from '../../../cti-bridge/kernel/index.ts';
import type { WrapUpMode } from '../../../shared/contracts/configuration.ts';
import { asId, type InteractionId } from '../../../shared/ids.ts';
import { billing, callTalking, lena, newHouse } from './fakes.ts';

type House = ReturnType<typeof newHouse>;

/** Lena has talked for a minute and wraps up, where wrap-up lasts 90 s. */
async function wrappingUp(mode: WrapUpMode) {
  const house = newHouse({ ...billing, wrapUp: { ...billing.wrapUp, mode } });
  const { call, story, interactionId } = await callTalking(house);
  await house.clock.run(60_000);
  call.callerHangsUp();
  await house.clock.run(10);
  const choose = (dispositionCode: string | null, then: 'available' | 'notReady' = 'available') =>
    house.desk.completeInteraction(lena, { interactionId, dispositionCode, note: 'Explained.', then });
  return { house, story, interactionId, choose };
}

const lastView = (house: House) => house.desktops.of('wrap-up:changed', lena).at(-1);
const isOver = (house: House) => house.desktops.of('interaction:completed', lena).length > 0;
const worksOfLena = (house: House) => agentOf(house.routing.state, lena)?.works.map(({ state }) => state);

describe('wrap-up that is optional', () => {
  it('may be left without an outcome: the default is stored, not marked automatic', async () => {
    const { house, story, choose } = await wrappingUp('optional');
    expect(lastView(house)).toMatchObject({ mode: 'optional', canLeave: true, canExtend: true });
    expect(await choose(null)).toMatchObject({ ok: true });
    await story;
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: false, note: 'Explained.' }]);
    expect(worksOfLena(house)).toEqual([]);
  });

  it('ends by the timer all the same', async () => {
    const { house, story } = await wrappingUp('optional');
    await house.clock.run(90_000);
    await story;
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true }]);
  });
});

describe('wrap-up that asks for an outcome', () => {
  it('lasts as long as the agent needs, and cannot be left without one', async () => {
    const { house, story, choose } = await wrappingUp('required');
    expect(lastView(house)).toMatchObject({ mode: 'required', endsAt: null, canLeave: false, canExtend: false });
    await house.clock.run(3_600_000);
    expect(isOver(house)).toBe(false);
    expect(await choose(null)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    await choose('billing.explained');
    await story;
    expect(house.interactions.completed).toMatchObject([
      { dispositionCode: 'billing.explained', isAutomatic: false, handlingMs: 3_660_020 },
    ]);
    expect(house.events).toContainEqual(expect.objectContaining({ type: 'wrapUp:started', limitMs: null }));
  });

  it('ends with the default outcome when the agent signs out', async () => {
    const { house, story } = await wrappingUp('required');
    house.desk.desktopGone(lena, 'loggedOut');
    await house.clock.run(10);
    await story;
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true }]);
  });

  it('falls back to the timer while there is no desktop to choose one at', async () => {
    const { house, story } = await wrappingUp('required');
    house.desk.desktopGone(lena, 'connectionLost');
    await house.clock.run(80_000);
    expect(lastView(house)?.endsAt).not.toBeNull();
    house.desk.desktopConnected(lena, house.clock.now());
    await house.clock.run(3_600_000);
    expect(lastView(house)?.endsAt).toBeNull();
    expect(isOver(house)).toBe(false);
    house.desk.desktopGone(lena, 'connectionLost');
    await house.clock.run(90_000);
    await story;
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true }]);
  });
});

describe('wrap-up that is timed', () => {
  it('runs on when the agent signs out, and cannot be left without an outcome', async () => {
    const { house, story, choose } = await wrappingUp('timed');
    expect(await choose(null)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    house.desk.desktopGone(lena, 'loggedOut');
    await house.clock.run(89_000);
    expect(isOver(house)).toBe(false);
    await house.clock.run(1_000);
    await story;
    expect(isOver(house)).toBe(true);
  });

  it('chooses the presence only when the outcome is stored', async () => {
    const { house, choose } = await wrappingUp('timed');
    house.interactions.failNext = true;
    expect(await choose('billing.explained', 'notReady')).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
    expect(agentOf(house.routing.state, lena)?.presence).toBe('available');
    await choose('billing.explained', 'notReady');
    expect(agentOf(house.routing.state, lena)).toMatchObject({ presence: 'notReady', notReadyReason: 'wrapUpEnded' });
  });
});

describe('wrap-up that lasts to its end', () => {
  it('stores an outcome at once and keeps the agent until the limit', async () => {
    const { house, story, choose } = await wrappingUp('timedNoEarlyExit');
    await house.clock.run(20_000);
    expect(await choose('billing.explained')).toMatchObject({ ok: true });
    const stored = [{ dispositionCode: 'billing.explained', isAutomatic: false, handlingMs: 150_010 }];
    expect(house.interactions.completed).toMatchObject(stored);
    expect(lastView(house)).toMatchObject({ stored: 'billing.explained', canExtend: false });
    expect(worksOfLena(house)).toEqual(['wrappingUp']);
    await house.clock.run(69_000);
    expect(isOver(house)).toBe(false);
    await house.clock.run(1_000);
    await story;
    expect(house.interactions.completed).toMatchObject(stored);
    expect(house.desktops.of('interaction:completed', lena)).toMatchObject([{ dispositionCode: 'billing.explained', automatic: false }]);
    expect(worksOfLena(house)).toEqual([]);
  });

  it('can be extended until the outcome is stored', async () => {
    const { house, story, interactionId } = await wrappingUp('timedNoEarlyExit');
    expect(await house.desk.extendWrapUp(lena, { interactionId })).toMatchObject({ ok: true });
    await house.clock.run(119_000);
    expect(isOver(house)).toBe(false);
    await house.clock.run(1_000);
    await story;
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true }]);
  });

  it('keeps the chosen outcome through a crash before the limit', async () => {
    const house = newHouse();
    const interactionId = asId<InteractionId>('i-crashed');
    const open = { interactionId, isEnded: true, agentId: lena, wrapUpEndsAt: 90_000, storedDisposition: 'billing.explained' };
    house.interactions.open = [open];
    const { interactions, recorder } = house.context;
    await recover({ interactions, ledger: house.ledger, recorder, clock: house.clock, log: silentLog, defaultDisposition: 'notCoded' });
    expect(house.events).toMatchObject([{ type: 'interaction:completed', dispositionCode: 'billing.explained', isAutomatic: false }]);
  });
});

describe('any wrap-up', () => {
  it.each(['optional', 'required', 'timed', 'timedNoEarlyExit'] as const)('ends when a supervisor lets it go: %s', async (mode) => {
    const { house, story, interactionId } = await wrappingUp(mode);
    await house.live.find(interactionId)?.wrapUpControls?.release();
    await story;
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'notCoded', isAutomatic: true }]);
    expect(isOver(house)).toBe(true);
    expect(worksOfLena(house)).toEqual([]);
    expect(house.errors).toEqual([]);
  });

  it('tells whoever ends it only when it is on the disk, and frees the agent before', async () => {
    const { house, interactionId } = await wrappingUp('optional');
    const { promise, resolve } = Promise.withResolvers<void>();
    house.disk.gate = promise;
    let isTold = false;
    void house.live
      .find(interactionId)
      ?.wrapUpControls?.release()
      .then(() => {
        isTold = true;
      });
    await house.clock.run(10);
    expect([isTold, worksOfLena(house)]).toEqual([false, []]);
    resolve();
    await house.clock.run(10);
    expect(isTold).toBe(true);
  });

  it('stores one outcome when a supervisor’s release and the end of its time meet', async () => {
    const { house, story, interactionId } = await wrappingUp('timed');
    const controls = house.live.find(interactionId)?.wrapUpControls;
    await house.clock.run(89_999);
    const released = controls?.release();
    await house.clock.run(1);
    await released;
    await story;
    expect(house.interactions.completed).toHaveLength(1);
    expect(house.desktops.of('interaction:completed', lena)).toHaveLength(1);
  });
});
